#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# brute_force.sh PROGRAMS sqlite|postgresql: PINs tried at one card from many accounts and by all
# channels, many at once. No more of them are looked at than the lock of the card allows, and the
# right one is refused as well until it opens again.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=../support/engine.sh
. "$(dirname "$0")/../support/engine.sh"
export USAGECTL_NOW=2026-11-20T14:00:00Z
cd "$work"
umask 077
fresh_store

allowed=5 tries=40
{
    usagectl config set cards.hash_memory_kib 8
    usagectl config set cards.hash_passes 1
    usagectl config set cards.lock_card "$allowed/15m/15m"
    usagectl card key
    usagectl agent add corner --name 'Corner Shop'
    usagectl card generate --batch B --count 2 --value 10.00 --print-file cards.csv
    usagectl card receive --batch B
    usagectl card ship --batch B --agent corner
    usagectl card confirm --batch B
    usagectl card activate --batch B
} >/dev/null
IFS=, read -r serial pin _ < <(sed -n 2p cards.csv)
IFS=, read -r other _ _ < <(sed -n 3p cards.csv)

channels=(csr ivr web kiosk)
guess() {
    printf '%014d\n' "$1" | usagectl card redeem "$serial" --account "A-$1" --pin-stdin \
        --channel "${channels[$1 % 4]}" --json >"out.$1" 2>"err.$1" || echo $? >"exit.$1"
}
# Eight at a time.
for ((first = 0; first < tries; first += 8)); do
    pids=()
    for ((at = first; at < first + 8; ++at)); do
        guess "$at" &
        pids+=($!)
    done
    wait "${pids[@]}"
done

fail() {
    echo "$1"
    exit 1
}
for ((at = 0; at < tries; ++at)); do
    [ "$(cat "exit.$at")" = 4 ] || fail "guess $at: exit $(cat "exit.$at"): $(cat "err.$at")"
    [ ! -s "out.$at" ] || fail "guess $at says something: $(cat "out.$at")"
    if [ $((at % 4)) -ne 0 ]; then
        code=$(jq -r .error.code "err.$at")
        [ "$code" = card_refused ] || fail "guess $at from outside hears $code"
    fi
done
reasons=$(usagectl audit log --json --limit 1000 | jq -r '.items[].outcome' |
    grep "^card $serial refused: " | sed 's/^.*refused: \([a-z_]*\).*/\1/' | sort | uniq -c |
    awk '{ print $2, $1 }')
expected="card_locked $((tries - allowed))
card_wrong_pin $allowed"
[ "$reasons" = "$expected" ] || fail "looked at: $reasons"

right() {
    echo "$pin" | usagectl card validate "$1" --pin-stdin --json 2>/dev/null | jq -r .reason
}
[ "$(right "$serial")" = card_locked ] || fail "the right PIN got through"
# Nobody else is kept out: another card is looked at.
[ "$(right "$other")" = card_wrong_pin ] || fail "another card is locked as well"
export USAGECTL_NOW=2026-11-20T14:15:00Z
[ "$(right "$serial")" = null ] || fail "the lock does not open"
echo "$tries guesses, $allowed looked at"
