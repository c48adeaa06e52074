# shellcheck shell=bash
# The processes of one home: started, watched, ended. Needs steps.sh, ports.sh, dotnet.sh, HOME_DIR and LOGS.

RUNNING=$HOME_DIR/running
HOST_NAMES=(api worker sandbox)

# When a process began: with its number, it names one process for good.
birth_of() {
    local stat fields
    if read -r stat 2>/dev/null <"/proc/$1/stat"; then
        read -r -a fields <<<"${stat##*) }" # the program's name, in brackets, may hold anything
        printf '%s' "${fields[19]}"
    else
        ps -o lstart= -p "$1" 2>/dev/null || true
    fi
}

# pid_of NAME: of the host that this home started, as long as it lives.
pid_of() {
    local pid birth
    [[ -f $RUNNING/$1 ]] && read -r pid birth <"$RUNNING/$1" || return 1
    alive "$pid" && [[ $(birth_of "$pid") == "$birth" ]] && printf '%s' "$pid"
}

# start_host NAME PROJECT: NAME_settings exports its configuration, which thus stays out of the process list. The host
# has a process group of its own: Ctrl+C reaches this script alone, which ends all in good order.
start_host() {
    local log=$LOGS/$1.log
    if [[ -f $log ]]; then mv -f "$log" "$LOGS/$1.previous.log"; fi
    set -m
    (
        "$1_settings"
        cd "$(host_folder "$2")" || exit 1
        exec "$DOTNET" "$2.dll"
    ) </dev/null >"$log" 2>&1 8>&- 9>&- &
    set +m
    printf '%s %s\n' "$!" "$(birth_of "$!")" >"$RUNNING/$1"
}

host_is_ready() {
    case $1 in
    api) [[ $(http_status "$MANAGEMENT_PORT" /readyz) == 200 ]] && [[ $(http_status "$PORT" /healthz) == 200 ]] ;;
    worker) [[ $(http_status "$WORKER_PORT" /readyz) == 200 ]] ;;
    sandbox) [[ $(http_status "$SANDBOX_PORT" /healthz) == 200 ]] ;;
    esac
}

host_failed() {
    tail -n 40 "$LOGS/$1.log" >&2
    fail "The $1 $2; the end of its log is above ($LOGS/$1.log)."
}

# await_host NAME
await_host() {
    local deadline=$((SECONDS + 60))
    until host_is_ready "$1"; do
        pid_of "$1" >/dev/null || host_failed "$1" "ended while starting"
        ((SECONDS < deadline)) || host_failed "$1" "was not ready within 60 s"
        pause 0.1
    done
}

# Returns only by failing: when a host or the database ends by itself.
watch_hosts() {
    local name pids=()
    for name in "${HOST_NAMES[@]}"; do pids+=("$(pid_of "$name" || true)"); done
    while true; do
        for name in "${!HOST_NAMES[@]}"; do
            alive "${pids[name]}" || host_failed "${HOST_NAMES[name]}" "ended by itself"
        done
        if [[ -n $PG_PID ]] && ! alive "$PG_PID"; then
            as_postgres tail -n 20 server.log >&2
            fail "PostgreSQL ended by itself; the end of its log is above ($PG_DIR/server.log)."
        fi
        pause 1
    done
}

# end_hosts NAME...: gracefully, and after ten seconds without mercy.
end_hosts() {
    local name pid deadline=$((SECONDS + 10))
    for name in "$@"; do
        if pid=$(pid_of "$name"); then kill -TERM "$pid" 2>/dev/null || true; fi
    done
    for name in "$@"; do
        while pid=$(pid_of "$name"); do
            if ((SECONDS >= deadline)); then
                kill -KILL "$pid" 2>/dev/null || true
            fi
            pause 0.1
        done
        rm -f "$RUNNING/$name"
    done
}

# The sandbox goes last: what is being sent to it or asked of it may end well.
end_all_hosts() {
    end_hosts api worker
    end_hosts sandbox
}
