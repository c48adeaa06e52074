#!/usr/bin/env bash
# Has Lighthouse look at the pages of a running PayLinks on a simulated slow phone, three times each, and prints medians:
#      tools/lighthouse.sh [the running copy's folder, .paylinks unless told otherwise]
# Needs Chromium, Node and npm; the first time it fetches Lighthouse, and a newer Node where this one is too old for it.
# The customer's page is measured alone and with Mollie's script. The sandbox's is small; for one as heavy as a real one
# start with 'Sandbox__ScriptBytes=200000 ./run.sh'.
set -euo pipefail

cd "$(dirname -- "${BASH_SOURCE[0]}")/.."
DEV_JSON=${1:-.paylinks}/dev.json
FOLDER=TestResults/lighthouse
NODE=node

. tools/steps.sh

[[ -r $DEV_JSON ]] || fail "$DEV_JSON is not there: start ./run.sh first."
CHROME_PATH=${PAYLINKS_CHROMIUM:-$(command -v chromium || command -v google-chrome)} || fail "Chromium is not installed."
export CHROME_PATH
command -v npm >/dev/null || fail "Node and npm are not installed."

packages=(lighthouse@13.5.0)
if (($(node --print 'process.versions.node.split(".")[0]') < 22)); then
    packages+=("node-linux-$(node --print process.arch)@22")
    NODE=$FOLDER/node_modules/${packages[1]%@*}/bin/node
fi
if [[ ! -d $FOLDER/node_modules/lighthouse ]]; then
    say "fetching Lighthouse"
    mkdir -p "$FOLDER"
    npm install --prefix "$FOLDER" --no-audit --no-fund --silent "${packages[@]}"
fi
say "measuring"
exec "$NODE" tools/lighthouse.mjs "$DEV_JSON" "$FOLDER"
