#!/usr/bin/env bash
# Starts PayLinks on this machine: PostgreSQL, the sandbox (Mollie, Twilio and SendGrid on loopback), worker and API,
# with a demo merchant. Stays in the foreground; Ctrl+C, SIGTERM or a closed terminal stops everything.
# Needs the .NET 10 SDK. Settings and files: docs/operations/running.md
set -euo pipefail

# A shell that puts this script in the background has it ignore SIGINT, which bash cannot undo from within.
if [[ $(trap -p INT) == *"''"* ]] && env --default-signal=INT true 2>/dev/null; then
    exec env --default-signal=INT "$BASH" "${BASH_SOURCE[0]}" "$@"
fi

CALLED_FROM=$PWD
CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
ROOT=$(pwd -P)
USER_UMASK=$(umask)
umask 077

HOME_DIR=${PAYLINKS_HOME:-$ROOT/.paylinks}
[[ $HOME_DIR == /* ]] || HOME_DIR=$CALLED_FROM/$HOME_DIR
LOGS=$HOME_DIR/logs
DEV_JSON=$HOME_DIR/dev.json

. tools/steps.sh
. tools/ports.sh
. tools/packages.sh
. tools/dotnet.sh
. tools/postgres.sh
. tools/secrets.sh
. tools/hosts.sh

open_home() {
    if [[ ! -d $HOME_DIR ]]; then
        # PostgreSQL's user must pass through root's folder to reach its own; it may not list it.
        mkdir -p "$HOME_DIR" 2>/dev/null ||
            fail "Cannot make the folder $HOME_DIR. Set PAYLINKS_HOME to one that you may write."
        if ((EUID == 0)); then chmod 711 "$HOME_DIR"; fi
    fi
    if ! mkdir -p "$LOGS" "$RUNNING" 2>/dev/null || [[ ! -w $HOME_DIR || ! -w $LOGS || ! -w $RUNNING ]]; then
        fail "The folder $HOME_DIR is another user's. Run as that user, or set PAYLINKS_HOME to a folder of yours."
    fi
    HOME_DIR=$(cd "$HOME_DIR" && pwd -P)
    exec 9>>"$HOME_DIR/lock"
    take_lock 9 || fail "PayLinks is running from $HOME_DIR already (process $(cat "$HOME_DIR/lock")).
A second copy needs its own PAYLINKS_HOME, PAYLINKS_PORT and PAYLINKS_SANDBOX_PORT."
    printf '%s\n' "$$" >"$HOME_DIR/lock"
    rm -f "$DEV_JSON"
}

# A port that the user may set; one that is taken is named before anything is started.
claim_port() {
    local variable=$1 setting=$2 port=$3
    if [[ ! $port =~ ^[1-9][0-9]{0,4}$ ]] || ((port > 65535)); then
        fail "$setting must be a port number, not '$port'."
    fi
    [[ $CHOSEN_PORTS != *" $port "* ]] || fail "$setting names port $port, which another part of PayLinks uses."
    if port_taken "$port"; then fail "Port $port is in use by another program. Set $setting to a free one."; fi
    CHOSEN_PORTS+="$port "
    printf -v "$variable" '%s' "$port"
}

choose_ports() {
    claim_port PORT PAYLINKS_PORT "${PAYLINKS_PORT:-5080}"
    claim_port SANDBOX_PORT PAYLINKS_SANDBOX_PORT "${PAYLINKS_SANDBOX_PORT:-5090}"
    if [[ -n ${PAYLINKS_MANAGEMENT_PORT:-} ]]; then
        claim_port MANAGEMENT_PORT PAYLINKS_MANAGEMENT_PORT "$PAYLINKS_MANAGEMENT_PORT"
    else
        choose_port MANAGEMENT_PORT
    fi
    choose_port WORKER_PORT
    API=http://127.0.0.1:$PORT
    SANDBOX=http://127.0.0.1:$SANDBOX_PORT
}

# Sets the two connection strings. In Npgsql's strings the last word for a key counts, so ours are simply appended.
open_database() {
    if [[ -n ${PAYLINKS_DB:-} ]]; then
        MIGRATIONS=$PAYLINKS_DB
        if ! grep -Eqi '(^|;)[[:space:]]*(database|db)[[:space:]]*=' <<<"$PAYLINKS_DB"; then
            MIGRATIONS+=";Database=paylinks"
        fi
    else
        find_postgres
        place_cluster "$HOME_DIR/postgres"
        start_cluster "$CLUSTER_ID" "$(cat "$HOME_DIR/postgres.port" 2>/dev/null || true)" 250
        printf '%s\n' "$PG_PORT" >"$HOME_DIR/postgres.port"
        MIGRATIONS="Host=127.0.0.1;Port=$PG_PORT;Database=paylinks;Username=$PG_SUPERUSER;Password=$PG_PASSWORD"
        MIGRATIONS+=";SSL Mode=Disable;GSS Encryption Mode=Disable"
    fi
    DATABASE="$MIGRATIONS;Username=$APP_ROLE;Password=$APP_PASSWORD"
}

common_settings() {
    unset ASPNETCORE_URLS ASPNETCORE_HTTP_PORTS ASPNETCORE_HTTPS_PORTS DOTNET_URLS DOTNET_HTTP_PORTS
    export DOTNET_ENVIRONMENT=Development ASPNETCORE_ENVIRONMENT=Development
    export NO_PROXY="127.0.0.1,localhost${NO_PROXY:+,$NO_PROXY}"
    export no_proxy=$NO_PROXY
}

paylinks_settings() {
    common_settings
    export ConnectionStrings__PayLinks=$DATABASE MasterKey=$MASTER_KEY PublicUrl=$API
    export Mollie__BaseUrl=$SANDBOX/v2/ Mollie__ScriptUrl=$SANDBOX/v1/mollie.js
    export Twilio__BaseUrl=$SANDBOX/2010-04-01/ Twilio__AccountSid=$TWILIO_SID Twilio__AuthToken=$TWILIO_TOKEN
    export SendGrid__BaseUrl=$SANDBOX SendGrid__ApiKey=$SENDGRID_KEY SendGrid__EventPublicKey=${SENDGRID_PAIR#*:}
    # What would tell a demo to slow down or come back later is wide open. What is only counted keeps its default.
    export Limits__RequestsPerSecond=1000000 Limits__RequestsBurst=1000000
    export Limits__TextsPerNumber=0 Limits__TextsPerNumberAndDay=0 Limits__TextsPerPrefixAndHour=0
    export Limits__ResendAfterSeconds=0 Limits__ResendsPerLink=0
    export Limits__FailedPaymentsPerLink=10000 Limits__UnknownTokensPerClient=1000000
    export SignIn__AttemptsPerAddress=1000000
    export Sending__LongNumberPerSecond=1000000 Sending__AlphanumericPerSecond=1000000
    export Sending__ShortCodePerSecond=1000000 Sending__MessagingServicePerSecond=1000000
    # A program on this machine may be told of events; outside development the hosts refuse to start with this.
    export Notices__AllowAddresses__0=127.0.0.1/32
}

api_settings() {
    paylinks_settings
    export Urls=http://localhost:$PORT ManagementPort=$MANAGEMENT_PORT
}

worker_settings() {
    paylinks_settings
    export Urls=http://127.0.0.1:$WORKER_PORT ManagementPort=$WORKER_PORT
}

sandbox_settings() {
    common_settings
    export Urls=$SANDBOX Sandbox__PublicUrl=$SANDBOX Sandbox__StateFile=$HOME_DIR/sandbox.json
    export Sandbox__MollieKeys__0=$MOLLIE_KEY Sandbox__SendGridKey=$SENDGRID_KEY
    export Sandbox__TwilioAccountSid=$TWILIO_SID Sandbox__TwilioAuthToken=$TWILIO_TOKEN
    export Sandbox__SendGridPrivateKey=${SENDGRID_PAIR%%:*}
    export Sandbox__SendGridEventUrl=$API/callbacks/sendgrid/events
    export Sandbox__TwilioInboundUrl=$API/callbacks/twilio/inbound
}

# api_command NAME ARGUMENTS...: one of the API's own commands, with its configuration.
api_command() (
    paylinks_settings
    export ConnectionStrings__Migrations=$MIGRATIONS
    export PAYLINKS_USER_PASSWORDS="owner@example.test=$OWNER_PASSWORD
agent@example.test=$AGENT_PASSWORD"
    cd "$(host_folder PayLinks.Api)"
    exec "$DOTNET" PayLinks.Api.dll "$@"
)

migrate() {
    if ! attend "migrating the database" logged "$LOGS/migrate.log" api_command migrate; then
        tail -n 40 "$LOGS/migrate.log" >&2
        fail "The database could not be migrated; the reason is above ($LOGS/migrate.log)."
    fi
    say "database migrated"
}

add_demo_merchant() {
    local answer=$LOGS/merchant.log
    attend "adding the demo merchant" logged "$answer" api_command merchant add --name "Ferramenta Rossi" \
        --country IT --language it --time-zone Europe/Rome --phone "+39 06 1234 5678" \
        --address "Via dei Chiodi 12, 00185 Roma" --vat IT01234567897 --email orders@example.test \
        --sms-sender FERRAMENTA --sms-per-day 10000000 --mode test --mollie-key "$MOLLIE_KEY" \
        --user owner:owner@example.test --user agent:agent@example.test --json || {
        tail -n 40 "$answer" >&2
        fail "The demo merchant could not be added; the reason is above."
    }
    secret MERCHANT "$(sed -n 's/.*"merchant":"\([^"]*\)".*/\1/p' "$answer")"
    secret API_KEY "$(sed -n 's/.*"apiKey":"\([^"]*\)".*/\1/p' "$answer")"
    rm -f "$answer" # it holds the key
    [[ -n $MERCHANT && -n $API_KEY ]] || fail "The demo merchant was added, but its answer was not understood."
    say "demo merchant added"
}

# The key may be older than the database: the temporary folder was emptied, or PAYLINKS_DB names another server.
check_demo_merchant() {
    local status
    status=$(http_status "$PORT" '/v1/links?limit=1' "$API_KEY")
    if [[ $status == 401 ]]; then
        add_demo_merchant
        status=$(http_status "$PORT" '/v1/links?limit=1' "$API_KEY")
    fi
    [[ $status == 200 ]] || host_failed api "answered ${status:-nothing} instead of the demo merchant's links"
}

write_dev_json() {
    cat >"$DEV_JSON.new" <<JSON
{
  "api": "$API",
  "sandbox": "$SANDBOX",
  "apiKey": "$API_KEY",
  "users": [
    { "role": "owner", "email": "owner@example.test", "password": "$OWNER_PASSWORD" },
    { "role": "agent", "email": "agent@example.test", "password": "$AGENT_PASSWORD" }
  ],
  "merchant": "$MERCHANT",
  "mollieKey": "$MOLLIE_KEY",
  "twilioSid": "$TWILIO_SID",
  "twilioToken": "$TWILIO_TOKEN",
  "sendGridKey": "$SENDGRID_KEY"
}
JSON
    mv -f "$DEV_JSON.new" "$DEV_JSON"
}

print_doors() {
    cat <<TEXT

  Sign in    http://localhost:$PORT/
             owner@example.test   $OWNER_PASSWORD
             agent@example.test   $AGENT_PASSWORD
  Sandbox    $SANDBOX/   the customer's phone and inbox, the payments
  All this   $DEV_JSON
  Logs       $LOGS

  A link, by the API:
    curl $API/v1/links -H 'Authorization: Bearer $API_KEY' -H 'Content-Type: application/json' -d '
      {"amount":{"value":"49.90","currency":"EUR"},"description":"Ordine 1042: trapano",
       "customer":{"name":"Anna","phone":"+39 347 123 4567","locale":"it-IT"},"send":["sms"]}'

  Ctrl+C stops everything.

TEXT
}

# Whatever ends this script ends what it started. Signals are not heard a second time: each wait here is bounded.
stop() {
    local status=$?
    trap - EXIT
    trap '' INT TERM HUP PIPE
    set +e
    rm -f "$DEV_JSON" "$DEV_JSON.new"
    abandon
    dismiss_compiler
    end_all_hosts
    stop_cluster
    exit "$status"
}

main() {
    open_home
    trap stop EXIT
    trap 'say "stopping" || true; exit 0' INT TERM HUP
    find_dotnet
    end_all_hosts # of a run that was killed
    choose_ports
    load_secrets
    open_database
    build_hosts
    start_host sandbox PayLinks.Sandbox
    migrate
    start_host worker PayLinks.Worker
    start_host api PayLinks.Api
    if [[ -z $API_KEY ]]; then
        await_host sandbox # the merchant's key is shown to Mollie first
        add_demo_merchant
    fi
    for host in "${HOST_NAMES[@]}"; do await_host "$host"; done
    check_demo_merchant
    write_dev_json
    say "ready"
    print_doors
    watch_hosts
}

main
