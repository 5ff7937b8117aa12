#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# pair.sh PROGRAMS sqlite|postgresql: two ingests of overlapping files at once. Both succeed, one
# after the other, and the totals are those of doing it in turn.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=../support/engine.sh
. "$(dirname "$0")/../support/engine.sh"
fresh_store

for part in 1 2 3 4; do
    mkdir -p "$work/left" "$work/right"
    usagectl bench generate --meters 300 --days 2 --from "2026-10-0$part" --format lse \
        --seed "$part" -o "$work/left/$part.lse" >/dev/null
done
# The right one brings two of the same files and two of its own.
cp "$work/left/2.lse" "$work/left/3.lse" "$work/right"
for part in 5 6; do
    usagectl bench generate --meters 300 --days 2 --from "2026-10-0$part" --format lse \
        --seed "$part" -o "$work/right/$part.lse" >/dev/null
done

usagectl ingest -q "$work/left" --json >"$work/left.json" &
left=$!
usagectl ingest -q "$work/right" --json >"$work/right.json" &
right=$!
wait "$left"
wait "$right"

# Each file was taken by exactly one of the two.
loaded='[.[].files[] | select(.status == "loaded") | .sha256]'
taken=$(jq -s "$loaded | unique | length" "$work"/*.json)
all=$(jq -s "$loaded | length" "$work"/*.json)
if [ "$taken" -ne 6 ] || [ "$all" -ne 6 ]; then
    echo "loaded $all times, $taken different files, expected 6 and 6"
    exit 1
fi
usagectl db check -q >/dev/null
together=$(usagectl audit log --json --limit 100 | jq '.items | length')
if [ "$together" -lt 6 ]; then
    echo "only $together audit records"
    exit 1
fi
echo "two ingests at once: six files, each taken once"
