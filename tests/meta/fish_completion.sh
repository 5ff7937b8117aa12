#!/bin/sh
# SPDX-License-Identifier: MIT
# Completes lines in fish for real.
set -eu
command -v fish >/dev/null || { echo "skipped: fish is not installed"; exit 77; }
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
    got=$(fish --no-config -c "source '$root/completions/usagectl.fish'; complete -C '$2'" |
        cut -f1 | tr '\n' ' ')
    if [ "$got" != "$1" ]; then
        echo "'$2': expected '$1', got '$got'"
        failures=1
    fi
}
expect 'version ' 'usagectl vers'
expect 'explain get list set ' 'usagectl config '
expect '--color --config ' 'usagectl --co'
expect 'json jsonl ' 'usagectl --format j'
expect '--format=json --format=jsonl ' 'usagectl --format=j'
expect 'America/Chicago ' 'usagectl config set timezone America/Chic'
exit $failures
