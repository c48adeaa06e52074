# shellcheck shell=bash
# A PostgreSQL cluster that is gone when the script ends, and that end. Needs steps.sh, dotnet.sh and postgres.sh.

TEMPORARY=
THROWAWAY_DB=

# open_throwaway NAME CONNECTIONS [SETTINGS [FOLDER]]: sets THROWAWAY_DB to what Npgsql needs to be its superuser.
open_throwaway() {
    find_postgres
    TEMPORARY=$(mktemp -d "${4:-${TMPDIR:-/tmp}}/paylinks-$1.XXXXXX")
    chmod 711 "$TEMPORARY" # PostgreSQL's user, where we are root, passes through
    place_cluster "$TEMPORARY/postgres"
    PG_PASSWORD=$(head -c 18 /dev/urandom | base64)
    start_cluster "$1" '' "$2" "${3:-}"
    THROWAWAY_DB="Host=127.0.0.1;Port=$PG_PORT;Database=postgres;Username=$PG_SUPERUSER;Password=$PG_PASSWORD"
    THROWAWAY_DB+=";SSL Mode=Disable;GSS Encryption Mode=Disable"
}

# However the script ends, its function finish runs, which begins with leave_quietly.
end_with_finish() {
    trap finish EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

# Lets nothing interrupt the cleaning up, and ends what still runs.
leave_quietly() {
    trap - EXIT
    trap '' INT TERM HUP PIPE
    set +e
    abandon
    dismiss_compiler
}

remove_throwaway() {
    stop_cluster
    if [[ -n $TEMPORARY ]]; then rm -rf "$PG_DIR" "$TEMPORARY"; fi
}
