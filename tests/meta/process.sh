#!/bin/bash
# SPDX-License-Identifier: MIT
# What only a real process shows: closed pipes, full disks, signals, programs on the path.
set -u
program=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME=$scratch XDG_CONFIG_HOME=$scratch XDG_DATA_HOME=$scratch
unset USAGECTL_DB USAGECTL_CONFIG USAGECTL_PROFILE USAGECTL_NOW
failures=0
expect() { # WHAT EXPECTED GOT
    if [[ $2 != "$3" ]]; then
        echo "$1: expected '$2', got '$3'"
        failures=$((failures + 1))
    fi
}

"$program" version >/dev/full 2>"$scratch/err"
expect 'full disk, exit' 5 $?
expect 'full disk, message' \
    'usagectl: version: cannot write the output: No space left on device' "$(cat "$scratch/err")"

"$program" version --json >/dev/full 2>"$scratch/err"
expect 'full disk with JSON, exit' 5 $?
grep -q '"code":"output_failed"' "$scratch/err" || expect 'full disk with JSON' output_failed other

# A reader that is gone before anything is written.
closed() { ("$program" "$@" 2>"$scratch/err"; echo $? >"$scratch/exit") | true; }
closed help --all
expect 'closed pipe, exit' 5 "$(cat "$scratch/exit")"
grep -q 'Broken pipe' "$scratch/err" || expect 'closed pipe' 'Broken pipe' "$(cat "$scratch/err")"
closed help --all --quiet
expect 'closed pipe, quiet, exit' 5 "$(cat "$scratch/exit")"
expect 'closed pipe, quiet' '' "$(cat "$scratch/err")"

"$program" version >&- 2>"$scratch/err"
expect 'closed output, exit' 5 $?

# A command that waits, here for a reader to make room, is ended by a signal: 130, whichever.
mkfifo "$scratch/pipe"
exec 4<>"$scratch/pipe"
dd if=/dev/zero of="$scratch/pipe" bs=4096 count=64 oflag=nonblock 2>/dev/null
for signal in INT TERM; do
    # Bash has background jobs ignore INT; env gives them the default again.
    env --default-signal=INT "$program" version >&4 2>/dev/null &
    waiting=$!
    for _ in $(seq 500); do
        [[ $(cat "/proc/$waiting/stat" 2>/dev/null) == *'(usagectl) S'* ]] && break
        sleep 0.01
    done
    kill -s "$signal" "$waiting"
    wait "$waiting"
    expect "signal $signal" 130 $?
done
exec 4>&-

# A program on the path is a command, and sees the settings.
# shellcheck disable=SC2016
printf '#!/bin/sh\necho "$USAGECTL_DB $USAGECTL_TIMEZONE $*"\nexit 3\n' >"$scratch/usagectl-hello"
chmod +x "$scratch/usagectl-hello"
got=$(PATH=$scratch:$PATH "$program" --db some.db hello --world x)
expect 'external program, exit' 3 $?
expect 'external program' 'some.db America/Chicago --world x' "$got"

exit $((failures != 0))
