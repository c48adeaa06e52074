#!/usr/bin/env bash
# Measures PayLinks beside the least that could do the same, in one run on one machine: a durable PostgreSQL of its own,
# the hosts as Release builds, a provider that is a stub. Prints medians of three rounds; all rounds go to a file.
#      ./bench.sh [case…]      PAYLINKS_BENCH_ROUNDS=5 ./bench.sh drain-20ms
# shellcheck disable=SC2317 # functions are called through attend and trap
set -euo pipefail

CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
ROOT=$(pwd -P)
USER_UMASK=$(umask)
LOGS=$ROOT/TestResults

. tools/steps.sh
. tools/ports.sh
. tools/packages.sh
. tools/dotnet.sh
. tools/postgres.sh
. tools/throwaway.sh

# Durable, as in production: a commit that is not on disk would make everything look fast.
open_database() {
    open_throwaway bench 200 "-c shared_buffers=1GB -c synchronous_commit=on"
    PAYLINKS_BENCH_DB=$THROWAWAY_DB
    PAYLINKS_BENCH_POSTMASTER=$PG_PID
    export PAYLINKS_BENCH_DB PAYLINKS_BENCH_POSTMASTER
}

# The load comes from wrk, and PostgreSQL's own limit from pgbench, which its server package brings.
find_tools() {
    PATH=$PG_BIN:$PATH
    command -v pgbench >/dev/null || fail "pgbench is not in $PG_BIN; it comes with PostgreSQL's server."
    command -v wrk >/dev/null || install_package wrk || fail "wrk is not here and could not be installed:
    Debian:    sudo apt-get install wrk"
}

measure() {
    PAYLINKS_ROOT=$ROOT PAYLINKS_BENCH_REPORT=$ROOT/TestResults/bench.json DOTNET_HOST_PATH=$DOTNET \
        DOTNET_ENVIRONMENT=Production ASPNETCORE_ENVIRONMENT=Production \
        "$DOTNET" PayLinks.Bench/bin/Release/net10.0/PayLinks.Bench.dll "$@"
}

finish() {
    local status=$?
    leave_quietly
    remove_throwaway
    exit "$status"
}

main() {
    local status=0
    end_with_finish
    mkdir -p TestResults
    find_dotnet
    open_database
    find_tools
    build_hosts
    say "building the bench"
    attend building compile PayLinks.Bench/PayLinks.Bench.csproj -c Release -p:RunAnalyzers=false ||
        fail "The build failed; its errors are above."
    dismiss_compiler
    say "measuring"
    attend measuring measure "$@" || status=$?
    exit "$status"
}

main "$@"
