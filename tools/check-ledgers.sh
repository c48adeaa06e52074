#!/usr/bin/env bash
# Holds a running system's database against the providers' books in its sandbox: tools/check-ledgers.sh [seconds]
# Each invariant that does not hold is one sentence. Ends with 0 when all hold within the time given (30 s).
#
#   PAYLINKS_CHECK_DB        an Npgsql connection string of a role that reads every merchant's rows
#   PAYLINKS_CHECK_SANDBOX   the sandbox's address
#
# The tests must have been built: 'dotnet build PayLinks.Tests'.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

: "${PAYLINKS_CHECK_DB:?is the connection string of the database to check}"
: "${PAYLINKS_CHECK_SANDBOX:?is the address of the sandbox to check against}"
export PAYLINKS_CHECK_DB PAYLINKS_CHECK_SANDBOX PAYLINKS_CHECK_SECONDS=${1:-30}

exec dotnet test PayLinks.Tests --no-build --nologo --filter "FullyQualifiedName~Ledgers.StandaloneCheck" \
    --logger "console;verbosity=normal" --configuration "${CONFIGURATION:-Debug}"
