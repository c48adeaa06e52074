# shellcheck shell=bash
# Finds the .NET 10 SDK and builds the three hosts when their sources are newer. Needs steps.sh, ROOT and USER_UMASK.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK=true # a first use would warn about something that is not used here
export DOTNET_CLI_UI_LANGUAGE=en # the closing lines of tests are read by a script
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 # nothing of the build stays behind, but see compile
export HOME=${HOME:-${TMPDIR:-/tmp}} # dotnet refuses to work without one

# Sets DOTNET.
find_dotnet() {
    local candidate
    for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:+$DOTNET_ROOT/dotnet}" "$HOME/.dotnet/dotnet" \
        /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet /opt/dotnet/dotnet; do
        [[ -x $candidate ]] || continue
        if "$candidate" --list-sdks 2>/dev/null | grep -q '^10\.'; then
            DOTNET=$candidate
            return
        fi
    done
    fail "PayLinks needs the .NET 10 SDK, which is not on this machine. Install it, then start again:
    curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
or see https://dotnet.microsoft.com/download/dotnet/10.0"
}

# host_folder PROJECT: where the build puts it.
host_folder() {
    printf '%s' "$ROOT/$1/bin/Release/net10.0"
}

STAMP=$ROOT/PayLinks.Api/obj/run.stamp

# Compared by change time, so that a file copied or moved in with an old date counts; folders too, for what was deleted.
sources_are_newer() {
    local host
    [[ -f $STAMP ]] || return 0
    for host in PayLinks.Api PayLinks.Sandbox PayLinks.Worker; do
        [[ -f $(host_folder "$host")/$host.dll ]] || return 0
    done
    [[ -n $(find PayLinks.Api PayLinks.Core PayLinks.Sandbox PayLinks.Worker db tools/hosts.slnf PayLinks.sln \
        Directory.Build.props Directory.Packages.props global.json \
        \( -name bin -o -name obj \) -prune -o -cnewer "$STAMP" -print -quit 2>/dev/null) ]]
}

COMPILER=paylinks-compiler-$$

# compile SOLUTION OPTIONS...: a locked restore, then a build. One warm compiler for all projects takes a third of the
# time; it would wait ten minutes for more, so it gets a name of its own and is ended by dismiss_compiler.
compile() {
    local solution=$1
    shift
    umask "$USER_UMASK"
    "$DOTNET" restore "$solution" --locked-mode -nodeReuse:false -v minimal -tl:off &&
        "$DOTNET" build "$solution" --no-restore --nologo "$@" -p:UseSharedCompilation=true \
            -p:SharedCompilationId="$COMPILER" -nodeReuse:false -v minimal -tl:off -clp:NoSummary
}

# Ends the compiler and removes its socket, which it leaves in the temporary folder.
dismiss_compiler() {
    sweep
    rm -f "${TMPDIR:-/tmp}/$COMPILER"
}

# Builds the hosts unless the last build is newer than every source.
build_hosts() {
    sources_are_newer || return 0
    # Made before the stamp: a folder that the build makes would count as a change of the one around it.
    (umask "$USER_UMASK" && mkdir -p PayLinks.{Api,Core,Sandbox,Worker}/{bin,obj}) 2>/dev/null || true
    if [[ ! -w PayLinks.Api/obj ]]; then
        fail "This user may not build in $ROOT. Run as the owner of that folder, or in a copy of your own."
    fi
    exec 8>>PayLinks.Api/obj/run.lock
    if ! take_lock 8; then
        say "waiting for another build of this tree"
        until take_lock 8; do pause 0.2; done
    fi
    if sources_are_newer; then
        say "building (a fresh tree takes about half a minute)"
        touch "$STAMP.new" # what is edited from here on is newer than the build
        # Release, where test.sh builds Debug: the analyzers are left to the tests' build, and neither takes the other's
        # output for up to date.
        attend building compile tools/hosts.slnf -c Release -p:RunAnalyzers=false ||
            fail "The build failed; its errors are above."
        dismiss_compiler
        mv -f "$STAMP.new" "$STAMP"
        say "built"
    fi
    exec 8>&-
}
