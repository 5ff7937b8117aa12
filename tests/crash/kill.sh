#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# kill.sh PROGRAMS sqlite|postgresql ROUNDS: an ingest killed with SIGKILL at random moments and run
# again must end in the very state of an undisturbed run: every table, every byte.
set -euo pipefail

rounds=$3
# shellcheck source-path=SCRIPTDIR source=../support/engine.sh
. "$(dirname "$0")/../support/engine.sh"
export USAGECTL_NOW=2026-11-20T14:00:00Z
RANDOM=${USAGECTL_TEST_SEED:-$$}
echo "seed $RANDOM (USAGECTL_TEST_SEED repeats a run)"

# The number of an audit record may skip after a rollback; everything else must be equal.
declare -A columns=(
    [meter]='*' [source]='*' [block]='*' [block_history]='*'
    [audit_record]='at, actor, os_user, command, arguments, outcome'
)
state() {
    local table query
    for table in meter source block block_history audit_record; do
        echo "-- $table"
        query="select ${columns[$table]} from $table order by 1, 2"
        if [ "$engine" = sqlite ]; then
            sqlite3 -batch -cmd '.mode quote' "$work/store.db" "$query"
        else
            psql -q -At "$USAGECTL_TEST_POSTGRES" -c "set search_path = $schema" \
                -c "$query"
        fi
    done
}

# Settled days, a revision of one of them, and on-demand reads in another format: several files, new
# blocks, merges and history.
make_outbox() {
    mkdir "$work/outbox"
    usagectl bench generate --meters 400 --days 3 --from 2026-11-01 --format lse --seed 1 \
        -o "$work/outbox/1.lse" >/dev/null
    usagectl bench generate --meters 400 --days 2 --from 2026-11-02 --format smt-csv --seed 2 \
        -o "$work/outbox/2.csv" >/dev/null
    usagectl bench generate --meters 200 --days 2 --from 2026-11-03 --format smt-csv --seed 3 \
        -o "$work/outbox/3.csv" >/dev/null
}

make_outbox
fresh_store
started=$(date +%s%N)
usagectl ingest -q "$work/outbox" >/dev/null
took=$((($(date +%s%N) - started) / 1000))
state >"$work/undisturbed"
echo "undisturbed: $((took / 1000)) ms, $(wc -l <"$work/undisturbed") rows"

kills=0
for ((round = 1; round <= rounds; ++round)); do
    fresh_store
    for ((attempt = 1; attempt <= 4; ++attempt)); do
        wait_us=$(((RANDOM * 32768 + RANDOM) % (took + took / 4)))
        exit=0
        wait_s=$(printf '%d.%06d' $((wait_us / 1000000)) $((wait_us % 1000000)))
        # The braces keep the shell's own word about the kill out of the log.
        {
            timeout -s KILL "$wait_s" usagectl ingest -q "$work/outbox" >/dev/null || exit=$?
        } 2>/dev/null
        [ "$exit" -eq 137 ] || break
        kills=$((kills + 1))
    done
    usagectl ingest -q "$work/outbox" >/dev/null
    state >"$work/disturbed"
    if ! cmp -s "$work/undisturbed" "$work/disturbed"; then
        echo "round $round: the state differs from an undisturbed run:"
        diff "$work/undisturbed" "$work/disturbed" | cut -c1-200 | head -20
        exit 1
    fi
done
usagectl db check -q >/dev/null
echo "$rounds rounds, $kills kills: every state equals the undisturbed one"
