#!/usr/bin/env bash
# Runs PayLinks as if on several machines: three APIs behind HAProxy and three workers, as processes, over a PostgreSQL
# of its own, under customers who keep coming. Each scenario ends with a report, and 1 when the ledgers do not agree, a
# request has failed that should not, or anything was not shared.
#      ./scale.sh [scenario…]        PAYLINKS_SCALE_SECONDS=120 ./scale.sh rolling
#      many       keys, sessions, forms and live streams go on at another API
#      rolling    every host is stopped and started again, one after the other: no request fails
#      frozen     a worker stands still for longer than its lease, in the middle of sending
#      pgbouncer  as many, through PgBouncer in transaction mode
#      standby    the primary is killed and its synchronous standby promoted: nothing acknowledged is lost
# shellcheck disable=SC2317 # functions are called through attend and trap
set -euo pipefail

CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
ROOT=$(pwd -P)
USER_UMASK=$(umask)
LOGS=$ROOT/TestResults
SCENARIOS=(many rolling frozen pgbouncer standby)
SECONDS_OF_LOAD=${PAYLINKS_SCALE_SECONDS:-90}
CONNECTIONS=300
POLICY=

. tools/steps.sh
. tools/ports.sh
. tools/packages.sh
. tools/dotnet.sh
. tools/postgres.sh
. tools/throwaway.sh

# find_program NAME: from the distribution, which would start a service of its own that nobody asked for: it is told not
# to while we install.
find_program() {
    local installed=0
    PATH=$PATH:/usr/sbin:/sbin
    command -v "$1" >/dev/null && return
    if may_install; then
        # Where the machine has a policy of its own, as containers have, that one says what may start.
        if [[ ! -e /usr/sbin/policy-rc.d ]]; then
            POLICY=/usr/sbin/policy-rc.d
            printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null
            as_root chmod 755 "$POLICY"
        fi
        install_package "$1" || installed=$?
        remove_policy
    fi
    ((installed == 0)) && command -v "$1" >/dev/null || fail "$1 is not here and could not be installed:
    Debian:    sudo apt-get install $1"
}

remove_policy() {
    if [[ -n $POLICY ]]; then as_root rm -f "$POLICY"; fi
    POLICY=
}

# Durable, as in production: what is acknowledged must survive.
open_database() {
    local settings=
    # Nothing is acknowledged before the standby has it; so nothing can be written before there is one.
    if [[ $1 == standby ]]; then settings="-c synchronous_standby_names=standby"; fi
    open_throwaway scale "$CONNECTIONS" "$settings"
    PAYLINKS_TEST_DB=$THROWAWAY_DB
    case $1 in
    pgbouncer) open_pgbouncer ;;
    standby) open_standby ;;
    esac
    export PAYLINKS_TEST_DB
}

# A second server beside the first, which takes over all that the first commits.
open_standby() {
    choose_port PAYLINKS_SCALE_STANDBY
    export PAYLINKS_SCALE_STANDBY
    as_postgres env PGPASSWORD="$PG_PASSWORD" "$PG_BIN/pg_basebackup" -D standby -X stream -c fast -R \
        -d "host=127.0.0.1 port=$PG_PORT user=$PG_SUPERUSER application_name=standby"
    as_postgres "$PG_BIN/pg_ctl" start -s -w -D standby -l standby.log -o "-p $PAYLINKS_SCALE_STANDBY \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=$CONNECTIONS" </dev/null >/dev/null
    say "its standby on port $PAYLINKS_SCALE_STANDBY"
    PAYLINKS_TEST_DB+=";Host=127.0.0.1:$PG_PORT,127.0.0.1:$PAYLINKS_SCALE_STANDBY;Target Session Attributes=primary"
}

# The login is the one that the tests make; it serves all of their databases.
open_pgbouncer() {
    choose_port PAYLINKS_SCALE_PGBOUNCER
    export PAYLINKS_SCALE_PGBOUNCER
    as_postgres sh -c 'umask 077; cat >users.txt' <<<'"paylinks_test_app" "paylinks_test_app"'
    as_postgres sh -c 'cat >pgbouncer.ini' <<-END
	[databases]
	* = host=127.0.0.1 port=$PG_PORT
	[pgbouncer]
	listen_addr = 127.0.0.1
	listen_port = $PAYLINKS_SCALE_PGBOUNCER
	unix_socket_dir =
	auth_type = trust
	auth_file = users.txt
	pool_mode = transaction
	default_pool_size = 20
	max_client_conn = $CONNECTIONS
	logfile = pgbouncer.log
	pidfile = pgbouncer.pid
	END
    as_postgres "$(command -v pgbouncer)" -q -d pgbouncer.ini
    say "PgBouncer on port $PAYLINKS_SCALE_PGBOUNCER"
}

close_database() {
    if [[ -n $PG_DIR && -n ${PAYLINKS_SCALE_PGBOUNCER:-} ]]; then
        as_postgres sh -c 'kill "$(cat pgbouncer.pid)"' 2>/dev/null || true
    fi
    if [[ -n $PG_DIR && -n ${PAYLINKS_SCALE_STANDBY:-} ]]; then
        as_postgres "$PG_BIN/pg_ctl" stop -s -w -m immediate -D standby 2>/dev/null || true
    fi
    unset PAYLINKS_SCALE_PGBOUNCER PAYLINKS_SCALE_STANDBY
    remove_throwaway
    TEMPORARY=
}

play() {
    PAYLINKS_SCALE=$1 PAYLINKS_SCALE_SECONDS=$SECONDS_OF_LOAD "$DOTNET" test PayLinks.Tests --no-build --nologo \
        --filter "FullyQualifiedName~ScaleTests" --logger "console;verbosity=minimal"
}

finish() {
    local status=$?
    leave_quietly
    remove_policy
    close_database
    exit "$status"
}

main() {
    local scenario status=0 wanted=("$@")
    ((${#wanted[@]} > 0)) || wanted=("${SCENARIOS[@]}")
    for scenario in "${wanted[@]}"; do
        [[ " ${SCENARIOS[*]} " == *" $scenario "* ]] || fail "./scale.sh [scenario…], of ${SCENARIOS[*]}"
    done
    [[ $SECONDS_OF_LOAD =~ ^[1-9][0-9]*$ ]] || fail "PAYLINKS_SCALE_SECONDS is a whole number of seconds."
    end_with_finish
    mkdir -p "$LOGS"
    find_dotnet
    find_program haproxy
    if [[ " ${wanted[*]} " == *" pgbouncer "* ]]; then find_program pgbouncer; fi
    say "building"
    attend building compile PayLinks.sln || fail "The build failed; its errors are above."
    dismiss_compiler
    for scenario in "${wanted[@]}"; do
        rm -f "TestResults/scale-$scenario.txt"
        open_database "$scenario"
        say "$scenario, for $SECONDS_OF_LOAD seconds"
        attend "$scenario" play "$scenario" || status=1
        close_database
        if [[ -f TestResults/scale-$scenario.txt ]]; then cat "TestResults/scale-$scenario.txt"; else status=1; fi
    done
    exit "$status"
}

main "$@"
