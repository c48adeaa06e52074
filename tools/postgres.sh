# shellcheck shell=bash
# A private PostgreSQL cluster on loopback: found, installed, made, started, taken over and stopped.
# Needs steps.sh, ports.sh and packages.sh. PG_PASSWORD is the password of its superuser, PG_SUPERUSER.

PG_SUPERUSER=paylinks_admin
PG_OLDEST=15
PG_BIN=
PG_MAJOR=
PG_DIR=
PG_RUN_AS=
PG_PORT=
PG_PID=

postgres_major() {
    [[ -x $1/initdb && -x $1/pg_ctl && -x $1/postgres ]] || return 1
    local version
    version=$("$1/postgres" --version 2>/dev/null) || return 1
    [[ $version =~ ([0-9]+) ]] && printf '%s' "${BASH_REMATCH[1]}"
}

# look_for_postgres [MAJOR]: sets PG_BIN and PG_MAJOR to the newest that is new enough, or to exactly MAJOR.
look_for_postgres() {
    local wanted=${1:-} folder major on_path
    PG_BIN='' PG_MAJOR=0
    on_path=$(command -v pg_ctl || true)
    for folder in "${PAYLINKS_PG_BIN:-}" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin \
        /usr/local/opt/postgresql*/bin /Applications/Postgres.app/Contents/Versions/*/bin "${on_path%/pg_ctl}"; do
        [[ -n $folder ]] || continue
        major=$(postgres_major "$folder") || continue
        ((major >= PG_OLDEST && major > PG_MAJOR)) || continue
        [[ -z $wanted || $major == "$wanted" ]] || continue
        PG_BIN=$folder PG_MAJOR=$major
        [[ $folder != "${PAYLINKS_PG_BIN:-}" ]] || break # named by the user: no other is better
    done
    [[ -n $PG_BIN ]]
}

# Debian's package makes and starts a cluster of its own, which nobody asked for: it is told not to while we install.
install_postgres() {
    local drop_in=/etc/postgresql-common/createcluster.d/paylinks.conf installed=0
    may_install || return 1
    as_root mkdir -p "${drop_in%/*}"
    printf 'create_main_cluster = false\n' | as_root tee "$drop_in" >/dev/null
    install_package postgresql || installed=$?
    as_root rm -f "$drop_in"
    return "$installed"
}

# Sets PG_BIN and PG_MAJOR, installing PostgreSQL when there is none and this user may.
find_postgres() {
    look_for_postgres && return
    install_postgres && look_for_postgres && return
    fail "PayLinks needs PostgreSQL $PG_OLDEST or newer, which is not here and could not be installed. Do one of:
    Debian, Ubuntu:  sudo apt-get install postgresql
    Fedora:          sudo dnf install postgresql-server
    macOS:           brew install postgresql@17
    elsewhere:       PAYLINKS_PG_BIN=/folder/with/initdb ./run.sh
    your own server: PAYLINKS_DB='Host=…;Username=…;Password=…' ./run.sh
                     (a role that may create databases and roles)"
}

# Runs a command as the cluster's user, in the cluster's folder, without the caller's PostgreSQL settings.
as_postgres() (
    unset PGDATA PGHOST PGHOSTADDR PGPORT PGUSER PGPASSWORD PGDATABASE PGOPTIONS PGSERVICE PGSSLMODE
    export LC_ALL=C
    cd "$PG_DIR" 2>/dev/null || exit 1
    if [[ -z $PG_RUN_AS ]]; then exec "$@"; fi
    group=$(id -g "$PG_RUN_AS")
    if command -v setpriv >/dev/null; then
        exec setpriv --reuid="$PG_RUN_AS" --regid="$group" --clear-groups "$@"
    fi
    exec runuser -u "$(id -un "$PG_RUN_AS")" -- "$@"
)

# Makes the folder private to the cluster's user; fails when that user cannot reach it or it is somebody else's.
give_folder() {
    PG_DIR=$1
    [[ ! -L $PG_DIR ]] || return 1
    [[ -d $PG_DIR ]] || mkdir -m 700 "$PG_DIR" 2>/dev/null || return 1
    if [[ -n $PG_RUN_AS && $(owner_of "$PG_DIR") == 0 ]]; then
        chown "$PG_RUN_AS" "$PG_DIR" 2>/dev/null && chmod 700 "$PG_DIR" || return 1
    fi
    [[ $(owner_of "$PG_DIR") == "${PG_RUN_AS:-$EUID}" ]] && as_postgres test -w "$PG_DIR" 2>/dev/null
}

owner_of() {
    # shellcheck disable=SC2012 # stat's options differ between systems; the third field of ls -n does not
    ls -ldn "$1" | awk '{ print $3 }'
}

# place_cluster FOLDER: sets PG_DIR and PG_RUN_AS. PostgreSQL refuses to run as root, so root lends it another user;
# where that user cannot reach FOLDER, the cluster lies in the system's temporary folder, named after FOLDER's path.
place_cluster() {
    local name temporary user
    PG_RUN_AS=
    if ((EUID == 0)); then
        PG_RUN_AS=$(id -u postgres 2>/dev/null || id -u nobody)
        # A cluster made by a user of this machine stays that user's.
        if [[ -d $1 && $(owner_of "$1") != 0 ]]; then PG_RUN_AS=$(owner_of "$1"); fi
    fi
    give_folder "$1" && return
    ((EUID == 0)) ||
        fail "The folder $1 is another user's. Run as that user, or set PAYLINKS_HOME to a folder of yours."
    name=paylinks-$(printf '%s' "$1" | cksum | cut -d ' ' -f 1)
    for temporary in "${TMPDIR:-/tmp}" /tmp; do
        for user in postgres nobody; do
            PG_RUN_AS=$(id -u "$user" 2>/dev/null) || continue
            give_folder "$temporary/$name" && return
        done
    done
    fail "PostgreSQL's user can reach neither $1 nor a folder under /tmp.
Set PAYLINKS_HOME to a folder that it can enter."
}

# make_cluster ID: initdb into a side folder, so that one which was interrupted is never taken for a cluster.
make_cluster() {
    say "making a PostgreSQL $PG_MAJOR cluster in $PG_DIR"
    as_postgres rm -rf data.new
    printf '%s' "$PG_PASSWORD" | as_postgres sh -c 'umask 077; cat >password'
    if ! as_postgres "$PG_BIN/initdb" -D data.new --username="$PG_SUPERUSER" --auth=scram-sha-256 --pwfile=password \
        --encoding=UTF8 --no-locale --no-sync 2>&1 | as_postgres sh -c 'cat >initdb.log'; then
        as_postgres cat initdb.log >&2
        fail "PostgreSQL could not make a cluster in $PG_DIR."
    fi
    as_postgres rm -f password
    printf '%s' "$1" | as_postgres sh -c 'cat >id'
    as_postgres mv data.new data
}

# Line N of postmaster.pid: 1 is the process, 4 the port, 8 "ready" once it takes connections.
postmaster_line() {
    as_postgres sed -n "$1s/ *\$//p" data/postmaster.pid 2>/dev/null || true
}

# Succeeds when the process in postmaster.pid lives and is this cluster's: a process number may have been given to
# another program since, and a copied folder names the original's. The kernel's word counts: the working folder.
postmaster_lives() {
    PG_PID=$(postmaster_line 1)
    [[ $PG_PID =~ ^[0-9]+$ ]] && alive "$PG_PID" || return 1
    local folder
    if [[ -d /proc/self ]]; then
        folder=$(as_postgres readlink "/proc/$PG_PID/cwd" 2>/dev/null || true)
    else
        folder=$(lsof -a -d cwd -p "$PG_PID" -Fn 2>/dev/null | sed -n 's/^n//p')
    fi
    [[ $folder == "$(as_postgres sh -c 'cd data && pwd -P')" ]]
}

# Takes over a server that outlived the script which had started it.
attach_cluster() {
    local deadline=$((SECONDS + 10))
    while postmaster_lives; do
        if [[ $(postmaster_line 8) == ready ]]; then
            PG_PORT=$(postmaster_line 4)
            return 0
        fi
        ((SECONDS < deadline)) || return 1
        pause 0.2
    done
    # The process lives but is not ours: PostgreSQL would refuse to start for ever.
    if [[ $PG_PID =~ ^[0-9]+$ ]] && alive "$PG_PID"; then as_postgres rm -f data/postmaster.pid; fi
    return 1
}

# The data's own version, where it is not the newest on this machine.
match_version() {
    local made_by
    made_by=$(as_postgres cat data/PG_VERSION 2>/dev/null || true)
    [[ -z $made_by || $made_by == "$PG_MAJOR" ]] || look_for_postgres "$made_by" ||
        fail "The database in $PG_DIR was made by PostgreSQL $made_by, which is not on this machine (any more).
Install it (Debian, Ubuntu: apt-get install postgresql-$made_by), or remove that folder to begin afresh."
}

# start_cluster ID PREFERRED-PORT MAX-CONNECTIONS [OPTIONS]: sets PG_PORT and PG_PID. A cluster with another id belongs
# to secrets that are gone (nobody knows its password any more): it is moved aside.
start_cluster() {
    local id=$1 preferred=$2 options="-c max_connections=$3 ${4:-}" deadline
    match_version
    if attach_cluster; then
        if [[ $(as_postgres cat id 2>/dev/null) == "$id" ]]; then
            say "PostgreSQL was still running on port $PG_PORT: taken over"
            return
        fi
        stop_cluster
    fi
    if as_postgres test -d data && [[ $(as_postgres cat id 2>/dev/null) != "$id" ]]; then
        say "the cluster in $PG_DIR belongs to secrets that are gone: moved aside to data.old"
        as_postgres sh -c 'rm -rf data.old && mv data data.old'
    fi
    as_postgres test -d data || make_cluster "$id"
    as_postgres sh -c 'if test -f server.log; then mv server.log server.previous.log; fi'
    # After a kill -9 the old server's children hold its memory for some seconds; a port may be taken in between.
    deadline=$((SECONDS + 10))
    choose_port PG_PORT "$preferred"
    until as_postgres "$PG_BIN/pg_ctl" start -s -w -D data -l server.log \
        -o "-p $PG_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories='' $options" \
        </dev/null >/dev/null 2>&1 8>&- 9>&-; do
        if ((SECONDS >= deadline)); then
            as_postgres tail -n 20 server.log >&2
            fail "PostgreSQL did not start; its log is above ($PG_DIR/server.log)."
        fi
        pause 0.5
        choose_port PG_PORT
    done
    PG_PID=$(postmaster_line 1)
    say "PostgreSQL $PG_MAJOR on port $PG_PORT"
}

# Asks the folder, not PG_PID: a signal may have come between the server's start and our knowing its number.
stop_cluster() {
    [[ -n $PG_DIR && -n $PG_BIN ]] && postmaster_lives || return 0
    as_postgres "$PG_BIN/pg_ctl" stop -s -w -t 10 -m fast -D data >/dev/null 2>&1 ||
        as_postgres "$PG_BIN/pg_ctl" stop -s -w -t 10 -m immediate -D data >/dev/null 2>&1 || true
    PG_PID=
}
