# shellcheck shell=bash
# How a step is announced, awaited and given up. Sourced by all scripts.

ATTENDED=
ATTENDED_GROUP=

milliseconds() {
    local now=${EPOCHREALTIME:-$(date +%s).000000}
    now=${now/[.,]/} # some locales write a comma
    printf '%s' "${now%???}"
}

BEGAN=$(milliseconds)

# Says what is being done, after the seconds since the start.
say() {
    local spent=$(($(milliseconds) - BEGAN))
    printf '%4d.%d s  %s\n' $((spent / 1000)) $((spent % 1000 / 100)) "$*"
}

# Gives up: the reason goes to standard error, the exit trap cleans up.
fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# Succeeds while the process lives. One that is dead but not yet buried (a container's first process may never do it)
# is dead.
alive() {
    local stat
    kill -0 "$1" 2>/dev/null || return 1
    read -r stat 2>/dev/null <"/proc/$1/stat" || return 0
    [[ ${stat##*) } != Z* ]]
}

# logged FILE COMMAND...: its output goes to the file.
logged() {
    local file=$1
    shift
    "$@" >"$file" 2>&1
}

# Sleeps, but hears a signal at once; a plain sleep would hold the trap back until it ends.
pause() {
    sleep "$1" 8>&- 9>&- &
    wait "$!" || true
}

# attend TITLE COMMAND...: runs a long command and says every ten seconds that it still lives. It gets a process group
# of its own: a Ctrl+C reaches this script alone, which then ends the whole group. It inherits neither input nor locks.
attend() {
    local title=$1 began=$SECONDS told=$SECONDS status=0
    shift
    set -m
    "$@" </dev/null 8>&- 9>&- &
    ATTENDED=$! ATTENDED_GROUP=$!
    set +m
    while alive "$ATTENDED"; do
        pause 0.1
        if ((SECONDS - told >= 10)); then
            told=$SECONDS
            say "… $title, $((SECONDS - began)) s"
        fi
    done
    wait "$ATTENDED" 2>/dev/null || status=$? # bash would print how a killed command was written
    ATTENDED=
    return "$status"
}

# Ends what the last attended command left running in the background.
sweep() {
    [[ -n $ATTENDED_GROUP ]] || return 0
    kill -TERM -- "-$ATTENDED_GROUP" 2>/dev/null || true
}

# Ends what attend is waiting for, if anything.
abandon() {
    [[ -n $ATTENDED ]] || return 0
    kill -TERM -- "-$ATTENDED" 2>/dev/null || true
    local deadline=$((SECONDS + 5))
    while alive "$ATTENDED" && ((SECONDS < deadline)); do pause 0.1; done
    kill -KILL -- "-$ATTENDED" 2>/dev/null || true
    wait "$ATTENDED" 2>/dev/null || true
    ATTENDED=
}

# take_lock FD: an exclusive lock on an open file, or failure at once. The kernel frees it when this script ends,
# however it ends, so there is no stale lock to judge. macOS has no flock command, but its perl has the call.
take_lock() {
    if command -v flock >/dev/null; then
        flock -n "$1"
    else
        perl -e 'open(my $file, ">&=", $ARGV[0]) or exit 1; exit(flock($file, 6) ? 0 : 1)' "$1"
    fi
}
