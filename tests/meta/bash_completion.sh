#!/bin/bash
# SPDX-License-Identifier: MIT
# Completes lines in bash as readline would: sets what readline sets, calls the function, and looks
# at what would replace the word under the cursor.
set -u
program=$1
root=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME=$scratch XDG_CONFIG_HOME=$scratch
unset USAGECTL_DB USAGECTL_CONFIG USAGECTL_PROFILE
ln -s "$program" "$scratch/usagectl"
ln -s "$(dirname "$program")/modules" "$scratch/modules"
PATH=$scratch:$PATH
cd "$scratch" || exit 1
touch 'a file.csv' other.csv
mkdir folder
# shellcheck source=/dev/null
. "$root/completions/usagectl.bash"

failures=0
# expect LINE WORD… : WORDs as readline splits LINE, then the answer after the colon.
expect() {
    local answer=$1 line=$2
    shift 2
    COMP_LINE=$line COMP_POINT=${#line} COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    COMPREPLY=()
    _usagectl 2>"$scratch/errors"
    local got="${COMPREPLY[*]}"
    if [[ $got != "$answer" || -s $scratch/errors ]]; then
        echo "'$line': expected '$answer', got '$got' $(cat "$scratch/errors")"
        failures=$((failures + 1))
    fi
}

expect 'version' 'usagectl vers' usagectl vers
expect 'explain get list set' 'usagectl config ' usagectl config ''
expect 'list' 'usagectl --format json config l' usagectl --format json config l
expect '--config --color' 'usagectl --co' usagectl --co
# Readline makes three words of --format=json; only what follows the = is replaced.
expect 'json jsonl' 'usagectl --format=j' usagectl --format = j
expect 'table json jsonl csv tsv' 'usagectl --format=' usagectl --format =
expect 'get' 'usagectl --format=json config g' usagectl --format = json config g
expect 'get' 'usagectl --db=postgresql://h:5/d config g' \
    usagectl --db = postgresql : //h : 5/d config g
expect 'get' 'usagectl   --db   x    config    g' usagectl --db x config g
expect 'America/Chicago' 'usagectl config set timezone America/Chic' \
    usagectl config set timezone America/Chic
expect 'key' 'usagectl config get --json=ke' usagectl config get --json = ke
expect 'other.csv' 'usagectl --config o' usagectl --config o
expect 'other.csv' 'usagectl --config=o' usagectl --config = o
expect '' 'usagectl config get timezone ' usagectl config get timezone ''
expect '' 'usagectl nonsense ' usagectl nonsense ''
expect 'get' "usagectl --profile 'a b' config g" usagectl --profile "'a b'" config g
exit $((failures != 0))
