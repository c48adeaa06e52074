# shellcheck shell=bash disable=SC2034 # the names are used by the script that sources this
# The secrets of one home: made once, kept in secrets.env, which only its owner reads. Needs HOME_DIR and DOTNET.

SECRETS=$HOME_DIR/secrets.env

# random LENGTH CHARACTERS
random() {
    head -c 8192 /dev/urandom | LC_ALL=C tr -dc "$2" | cut -c "1-$1"
}

# Easy to read aloud and to type, with all the kinds of characters that password rules ask for.
password() {
    local letters=abcdefghjkmnpqrstuvwxyz23456789
    printf 'Pay1-%s-%s-%s' "$(random 4 $letters)" "$(random 4 $letters)" "$(random 4 $letters)"
}

# A P-256 pair as base64 of PKCS8, a colon, base64 of SubjectPublicKeyInfo. Without openssl, .NET makes it, slowly.
key_pair() {
    if command -v openssl >/dev/null; then
        local pem
        pem=$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 2>/dev/null)
        printf '%s:' "$(openssl pkcs8 -topk8 -nocrypt -outform DER <<<"$pem" | base64 | tr -d '\n')"
        openssl pkey -pubout -outform DER <<<"$pem" | base64 | tr -d '\n'
        return
    fi
    local folder
    folder=$(mktemp -d)
    cat >"$folder/pair.cs" <<'CSHARP'
using System.Security.Cryptography;
using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
Console.Write(Convert.ToBase64String(key.ExportPkcs8PrivateKey()) + ":");
Console.WriteLine(Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
CSHARP
    (cd "$folder" && "$DOTNET" run pair.cs)
    rm -rf "$folder"
}

# secret NAME VALUE: remembers it; one line is one write, so a crash leaves no half of it.
secret() {
    printf -v "$1" '%s' "$2"
    printf '%s=%s\n' "$1" "$2" >>"$SECRETS"
}

# Sets the variables below, making those that the file does not have.
load_secrets() {
    local name
    local names=(CLUSTER_ID PG_PASSWORD APP_ROLE APP_PASSWORD MASTER_KEY TWILIO_SID TWILIO_TOKEN SENDGRID_KEY
        SENDGRID_PAIR MOLLIE_KEY OWNER_PASSWORD AGENT_PASSWORD)
    for name in "${names[@]}" MERCHANT API_KEY; do unset "$name"; done # never from the caller's environment
    # shellcheck source=/dev/null
    if [[ -f $SECRETS ]]; then . "$SECRETS"; fi
    MERCHANT=${MERCHANT:-} API_KEY=${API_KEY:-}
    for name in "${names[@]}"; do
        if [[ -z ${!name:-} ]]; then secret "$name" "$(make_secret "$name")"; fi
        [[ -n ${!name} ]] || fail "Could not make the secret $name."
    done
}

make_secret() {
    case $1 in
    CLUSTER_ID) random 16 0-9a-f ;;
    APP_ROLE) printf 'paylinks_login_%s' "$(random 8 0-9a-f)" ;; # roles are shared by all databases of a server
    MASTER_KEY) printf 'k1:%s' "$(head -c 32 /dev/urandom | base64)" ;;
    TWILIO_SID) printf 'AC%s' "$(random 32 0-9a-f)" ;;
    TWILIO_TOKEN) random 32 0-9a-f ;;
    SENDGRID_KEY) printf 'SG.%s.%s' "$(random 22 A-Za-z0-9_-)" "$(random 43 A-Za-z0-9_-)" ;;
    SENDGRID_PAIR) key_pair ;;
    MOLLIE_KEY) printf 'test_%s' "$(random 30 A-Za-z0-9)" ;;
    OWNER_PASSWORD | AGENT_PASSWORD) password ;;
    *) random 32 A-Za-z0-9 ;;
    esac
}
