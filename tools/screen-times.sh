#!/usr/bin/env bash
# Measures a running PayLinks in a browser: how long after an event the agent's desk shows it, and how long a key waits
# meanwhile, while 200 links of that agent have their news:
#      tools/screen-times.sh [the running copy's folder, .paylinks unless told otherwise]
# Needs Chromium and a build of the tests, which brings Playwright.
set -euo pipefail

cd "$(dirname -- "${BASH_SOURCE[0]}")/.."
DEV_JSON=${1:-.paylinks}/dev.json
PLAYWRIGHT=PayLinks.Tests/bin/Debug/net10.0/.playwright

. tools/steps.sh

[[ -r $DEV_JSON ]] || fail "$DEV_JSON is not there: start ./run.sh first."
[[ -d $PLAYWRIGHT ]] || fail "$PLAYWRIGHT is not there: build the tests first, with dotnet build."
CHROMIUM=${PAYLINKS_CHROMIUM:-$(command -v chromium || command -v google-chrome)} || fail "Chromium is not installed."
export CHROMIUM
exec "$PLAYWRIGHT"/node/*/node tools/screen-times.mjs "$DEV_JSON" "$PLAYWRIGHT/package/index.mjs"
