#!/usr/bin/env bash
# Runs every check of PayLinks: locked restore, build with analyzers, and all tests (unit, database, whole
# system, browser) against a throw-away PostgreSQL. Arguments go to dotnet test: ./test.sh --filter Name~Links
# The last line is always "N passed, N failed, N skipped"; CI runs exactly this.
# shellcheck disable=SC2317 # functions are called through attend and trap
set -euo pipefail

CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
ROOT=$(pwd -P)
USER_UMASK=$(umask)
LOGS=$ROOT/TestResults
PASSED=0 FAILED=1 SKIPPED=0

. tools/steps.sh
. tools/ports.sh
. tools/packages.sh
. tools/dotnet.sh
. tools/postgres.sh
. tools/throwaway.sh

# Sets PAYLINKS_TEST_DB, unless the caller names a server of his own. Tests need no durability, only speed.
open_test_database() {
    [[ -z ${PAYLINKS_TEST_DB:-} ]] || return 0
    open_throwaway test 300 "-c fsync=off -c synchronous_commit=off -c full_page_writes=off" "$(folder_in_memory)"
    PAYLINKS_TEST_DB=$THROWAWAY_DB
    export PAYLINKS_TEST_DB
}

# Every fixture has a database of its own, which is made ten times quicker in memory. Says nothing where there is less
# of it than the tests might want.
folder_in_memory() {
    local room
    room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
    if ((${room:-0} > 8000000)) && [[ -w /dev/shm ]] &&
        awk '/^MemAvailable:/ { exit $2 < 12000000 }' /proc/meminfo 2>/dev/null; then
        printf /dev/shm
    fi
}

# Sets PAYLINKS_CHROMIUM.
look_for_chromium() {
    local candidate
    for candidate in "${PAYLINKS_CHROMIUM:-}" "$(command -v chromium || true)" \
        "$(command -v chromium-browser || true)" "$(command -v google-chrome || true)" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        /Applications/Chromium.app/Contents/MacOS/Chromium; do
        if [[ -x $candidate ]]; then
            export PAYLINKS_CHROMIUM=$candidate
            return
        fi
    done
    return 1
}

find_chromium() {
    look_for_chromium && return
    install_package chromium && look_for_chromium && return
    fail "The browser tests need Chromium, which is not here and could not be installed. Do one of:
    Debian:    sudo apt-get install chromium
    elsewhere: PAYLINKS_CHROMIUM=/path/to/chromium-or-chrome ./test.sh"
}

# Lets everything through but the lines of passed tests, which it counts aloud.
show_tests() {
    local line passed=0
    while IFS= read -r line; do
        if [[ $line == "  Passed "* ]]; then
            passed=$((passed + 1))
            if ((passed % 50 == 0)); then say "… $passed passed"; fi
        else
            printf '%s\n' "$line"
        fi
    done
}

# A test that hangs is ended and named; a count that takes longer says so.
run_tests() {
    "$DOTNET" test PayLinks.Tests --no-build --nologo --results-directory "$LOGS" --logger "trx;LogFileName=tests.trx" \
        --logger "console;verbosity=normal" --blame-hang-timeout "${PAYLINKS_PATIENCE:-5m}" \
        --blame-hang-dump-type none "$@" 2>&1 | show_tests
}

# Sets the three numbers from the run's own report. Tests that ran nothing, or died, have failed.
count_tests() {
    local counters total
    counters=$(grep -o '<Counters [^>]*>' "$LOGS/tests.trx" 2>/dev/null | head -n 1) || return 0
    total=$(counter total)
    PASSED=$(counter passed)
    FAILED=$(counter failed)
    SKIPPED=$((total - $(counter executed)))
    if (($1 != 0 && FAILED == 0 || total == 0)); then FAILED=1; fi
}

counter() {
    [[ $counters =~ \ $1=\"([0-9]+)\" ]] && printf '%s' "${BASH_REMATCH[1]}"
}

finish() {
    local status=$?
    leave_quietly
    remove_throwaway
    if ((FAILED > 0 && status == 0)); then status=1; fi
    printf '\n%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
    exit "$status"
}

main() {
    local status=0
    end_with_finish
    mkdir -p "$LOGS"
    rm -f "$LOGS"/*.trx
    find_dotnet
    find_chromium
    open_test_database
    say "building"
    attend building compile PayLinks.sln || fail "The build failed; its errors are above."
    # A test looks into the release; the compiler is warm now.
    build_hosts
    dismiss_compiler
    say "testing"
    attend testing run_tests "$@" || status=$?
    sweep
    count_tests "$status"
    exit "$status"
}

main "$@"
