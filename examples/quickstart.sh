#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# From nothing to answers: installs what the build needs (Debian 12), builds usagectl, makes a small
# synthetic utility with a known truth, ingests it into an SQLite store, and asks the questions a
# customer service representative would. Everything stays in ./build and in a temporary folder.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

step() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
run() {
    printf '$ usagectl %s\n' "$*"
    usagectl "$@"
}

step "install what the build needs, and build"
./tests/install.sh build
cmake --preset release -DUSAGECTL_TESTS=OFF -DUSAGECTL_BENCH=OFF >/dev/null
cmake --build --preset release
export PATH="$root/build/release/bin:$PATH"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir outbox
export XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data"
export USAGECTL_DB="$work/utility.db" USAGECTL_NOW=2026-10-28T15:00:00Z
export NO_COLOR=1 LC_ALL=C.UTF-8

step "a sandbox store, whose clock stands at $USAGECTL_NOW"
run db init --sandbox

step "a prepay customer signs up, pays, and gets a meter"
run tariff add "$root/examples/tariffs/time-of-use.toml"
run account create C-1001 --name 'Ana Diaz' --meter 10443720990000001 --tariff home-tou \
    --phone +19725551234 --state TX --county Dallas --meter-number 4711 --begin-reading 1250000 \
    --installed-on 2026-10-28 --last-read-on 2026-10-28 --json=status,due,orders
run payment post C-1001 25.00 --method cash --json=payment,balance,status
run order complete O-C-1001-20261028-1 --message installed --json=state,status

export USAGECTL_NOW=2026-11-05T20:10:00Z
step "a small utility: 50 meters, the week of the fall clock change, and what it truly used"
run bench generate --meters 50 --days 7 --from 2026-10-29 --format lse --seed 7 \
    -o outbox/settled.lse --truth truth.csv

step "ingest what was settled"
run ingest outbox
run ingest outbox # the same again: recognised by content, nothing is done twice

step "the control total agrees with the truth"
truth=$(awk -F, '$1 == "read" { print $4 }' truth.csv)
stored=$(usagectl ingest outbox --jq .totals.total_wh)
printf 'truth %s Wh, store %s Wh\n' "$truth" "$stored"
[ "$truth" = "$stored" ]

meter=$(usagectl meter list --format csv --no-header | head -n 1 | cut -d, -f1)

step "what did this meter use, day by day; the first of November has 25 hours"
run usage show "$meter" --by day
step "and as a picture"
run usage show "$meter" --from 2026-10-30 --to 2026-11-02 --plot
step "does it pass validation"
run usage quality "$meter" || true

step "a revision arrives: the day is stored anew, what it replaced stays readable"
run usage show "$meter" --from 2026-11-04 --to 2026-11-04 --by day
usagectl usage export "$meter" --from 2026-11-04 --to 2026-11-04 --format csv |
    awk -F, 'NR == 1 { print; next } { $3 += 5; print }' OFS=, >revised.csv
export USAGECTL_NOW=2026-11-05T20:20:00Z
run ingest revised.csv
run usage history "$meter" --date 2026-11-04

step "the customer calls: only the provider of record may ask for the hours since the settlement"
run usage gap "$meter" || true
run meter set "$meter" --provider-of-record SUNRISE
run config set identity.provider_of_record SUNRISE
run usage gap "$meter" --json=last_vee_end,gap_from,gap_to,gap_intervals,missing_intervals

step "on-demand reads of this morning fill part of the gap"
{
    echo meter,start,wh
    for hour in 06 07 08 09; do
        for minute in 00 15 30 45; do
            echo "$meter,2026-11-05T$hour:$minute:00Z,1$minute"
        done
    done
} >reads.csv
run ingest --layer raw reads.csv
run usage gap "$meter" --json=covered_intervals,missing_intervals,total_wh

step "the night: the account goes into service, and every day since is charged once"
run nightly
run nightly --json=charged,amount # again: nothing is charged twice
step "what would you tell the customer?"
run balance C-1001
run order list --open
run payment post C-1001 40.00 --method card --reference 0042 --json=balance,status,orders
run account statement C-1001 --from 2026-10-01 --to 2026-11-05
step "the ledger balances, and every balance is the sum of its entries"
run audit ledger

step "who changed what"
run audit log --limit 5
step "and is everything whole"
run db check

printf '\nThe store is gone with its folder; build/release/bin/usagectl stays.\n'
