#!/usr/bin/env bash
# Tortures PayLinks: API, worker, sandbox and PostgreSQL as real processes under customers who keep coming, while
# processes are killed and frozen, lines and providers fail and callbacks go astray, all by one seed. Ends with a report
# and 1 when anything was lost or done twice.      ./torture.sh [minutes, default 5] [seed, default by chance]
# Or nothing but kills, by number, each timed until it was got over:
#      PAYLINKS_KILLS_API=200 PAYLINKS_KILLS_WORKER=200 PAYLINKS_KILLS_BACKEND=50 PAYLINKS_KILLS_POSTMASTER=20 \
#          ./torture.sh kills [seed]
# shellcheck disable=SC2317 # functions are called through attend and trap
set -euo pipefail

CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
ROOT=$(pwd -P)
USER_UMASK=$(umask)
LOGS=$ROOT/TestResults
MINUTES=${1:-5}
SEED=${2:-$RANDOM}
KEEPER=

. tools/steps.sh
. tools/ports.sh
. tools/packages.sh
. tools/dotnet.sh
. tools/postgres.sh
. tools/throwaway.sh

# Durable, as in production: what is acknowledged must survive.
open_database() {
    open_throwaway torture 300
    PAYLINKS_TEST_DB=$THROWAWAY_DB
    export PAYLINKS_TEST_DB
}

# Starts PostgreSQL again whenever it was killed, as systemd would. Its children hold its memory for a moment longer.
keep_postgres() {
    while true; do
        postmaster_lives || as_postgres "$PG_BIN/pg_ctl" start -s -w -D data -l server.log \
            -o "-p $PG_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300" \
            </dev/null >/dev/null 2>&1 || true
        sleep 0.2
    done
}

torture() {
    local test=Nothing_is_lost_and_nothing_done_twice
    if [[ $MINUTES == kills ]]; then
        export PAYLINKS_KILLS=$SEED
        test=Killed_by_number_nothing_is_lost
    else
        export PAYLINKS_TORTURE_MINUTES=$MINUTES PAYLINKS_TORTURE_SEED=$SEED
    fi
    "$DOTNET" test PayLinks.Tests --no-build --nologo --filter "Name~$test&FullyQualifiedName~TortureTests" \
        --logger "console;verbosity=minimal"
}

finish() {
    local status=$?
    leave_quietly
    if [[ -n $KEEPER ]]; then kill "$KEEPER" 2>/dev/null; wait "$KEEPER" 2>/dev/null; fi
    remove_throwaway
    exit "$status"
}

main() {
    local report=TestResults/torture-$SEED.txt status=0
    [[ $MINUTES =~ ^([1-9][0-9]*|kills)$ && $SEED =~ ^[0-9]+$ ]] ||
        fail "./torture.sh [minutes, or kills] [seed], whole numbers"
    end_with_finish
    rm -f "$report"
    find_dotnet
    open_database
    say "building"
    attend building compile PayLinks.sln || fail "The build failed; its errors are above."
    dismiss_compiler
    keep_postgres &
    KEEPER=$!
    if [[ $MINUTES == kills ]]; then
        say "killing with seed $SEED"
    else
        say "torturing for $MINUTES minutes with seed $SEED"
    fi
    attend torturing torture || status=1
    if [[ -f $report ]]; then cat "$report"; else status=1; fi
    exit "$status"
}

main "$@"
