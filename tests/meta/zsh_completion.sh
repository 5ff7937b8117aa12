#!/bin/sh
# SPDX-License-Identifier: MIT
# The function of the zsh script, run with zsh's completion builtins replaced by ones that print.
set -eu
command -v zsh >/dev/null || { echo "skipped: zsh is not installed"; exit 77; }
program=$1
root=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME="$scratch" XDG_CONFIG_HOME="$scratch"
unset USAGECTL_DB USAGECTL_CONFIG USAGECTL_PROFILE || true
ln -s "$program" "$scratch/usagectl"
PATH=$scratch:$PATH
failures=0
expect() {
    want=$1
    shift
    got=$(zsh -f -c '
        compdef() { :; }
        compset() { :; }
        _files() { print files $*; }
        compadd() { print -r -- $texts; }
        source "$1"; shift
        words=("$@"); CURRENT=$#
        _usagectl' zsh "$root/completions/_usagectl" "$@")
    if [ "$got" != "$want" ]; then
        echo "'$*': expected '$want', got '$got'"
        failures=1
    fi
}
expect 'version' usagectl vers
expect 'explain get list set' usagectl config ''
expect '--format=json --format=jsonl' usagectl --format=j
expect 'files' usagectl --config ''
expect '' usagectl config get timezone ''
exit $failures
