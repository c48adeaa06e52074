# shellcheck shell=bash
# Installs what is missing from the distribution, where this user may. Needs steps.sh and LOGS, a folder for logs.

as_root() {
    if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null || return 1
    ((EUID == 0)) || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

apt_install() {
    as_root apt-get update -q -o DPkg::Lock::Timeout=120 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
            -o DPkg::Lock::Timeout=120 "$@"
}

# install_package NAME: fails when this user may not install or the installation fails.
install_package() {
    may_install || return 1
    local log=$LOGS/install-$1.log
    say "installing $1 with apt-get, about a minute (log: $log)"
    if ! attend "installing $1" logged "$log" apt_install "$1"; then
        tail -n 15 "$log" >&2
        return 1
    fi
}
