#!/bin/bash
# Usage: scripts/install.sh environment | browser
# environment: .venv with everything pinned; does nothing when it is up to date.
# browser: Chromium for the journeys, out of Debian.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { echo "$*" >&2; }

# Install Debian packages ($2...) as root or with sudo; otherwise say in one line what to do.
debian() {
    local why=$1 sudo=""
    shift
    if [ "$(id -u)" != 0 ]; then
        sudo="sudo -n"
        if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
            say "$why: run  sudo apt-get install -y --no-install-recommends $*"
            return 1
        fi
    fi
    command -v apt-get >/dev/null || { say "$why: install $* with your system's tools"; return 1; }
    say "Installing $* ..."
    local log
    log=$(mktemp)
    if ! { DEBIAN_FRONTEND=noninteractive $sudo apt-get -qq update &&
        DEBIAN_FRONTEND=noninteractive $sudo apt-get -qq install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

python() {
    local name
    for name in python3.11 python3; do
        if command -v "$name" >/dev/null &&
            "$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    say "Python 3.11 is needed: run  apt-get install python3 python3-venv  on Debian 12"
    return 1
}

environment() {
    local wanted python
    wanted=$(cat requirements-test.lock setup.cfg scripts/install.sh | sha256sum | cut -d' ' -f1)
    if [ "$(cat .venv/.installed 2>/dev/null || true)" != "$wanted" ]; then
        python=$(python)
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            debian "The module venv is missing" python3-venv
        fi
        say "Installing into .venv (a minute, the first time) ..."
        [ -x .venv/bin/pip ] || "$python" -m venv --clear .venv
        local pip=(.venv/bin/pip -qq --disable-pip-version-check --no-input install)
        [ "$(id -u)" != 0 ] || pip+=(--root-user-action=ignore)
        "${pip[@]}" --require-hashes -r requirements-test.lock
        "${pip[@]}" --no-deps --no-build-isolation -e .
        echo "$wanted" >.venv/.installed
    fi
    translations
}

# The compiled catalogue is not in git: compile it when it is missing or older than its parts.
translations() {
    local compiled=translations/nl/LC_MESSAGES/messages.mo
    if [ ! -e "$compiled" ] || [ -n "$(find translations -name '*.po' -newer "$compiled" -print -quit)" ]; then
        .venv/bin/python scripts/translations.py >/dev/null
    fi
}

browser() {
    local missing=()
    [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || missing+=(chromium)
    [ -n "$(find /usr/share/fonts ~/.fonts -name '*.[ot]tf' -print -quit 2>/dev/null)" ] || missing+=(fonts-dejavu-core)
    [ ${#missing[@]} = 0 ] || debian "The browser journeys need Chromium" "${missing[@]}"
}

case "${1:-}" in
    environment | browser) "$1" ;;
    *) say "Usage: scripts/install.sh environment | browser"; exit 2 ;;
esac
