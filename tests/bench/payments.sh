#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# payments.sh [PROGRAMS]: how fast payments are posted on this machine, in bulk and one by one, side
# by side with the commits of sqlite3 on the same disk. Prints figures; asserts nothing. Needs
# sqlite3 and python3.
#
#   USAGECTL_BENCH_ACCOUNTS accounts                    (default 10000)
#   USAGECTL_BENCH_PAYMENTS lines of the file           (default 200000)
#   USAGECTL_BENCH_FOLDER   a folder on the disk to use (default /var/tmp)
set -euo pipefail

programs=${1:-$(cd "$(dirname "$0")/../.." && pwd)/build/release/bin}
accounts=${USAGECTL_BENCH_ACCOUNTS:-10000}
payments=${USAGECTL_BENCH_PAYMENTS:-200000}
export PATH="$programs:$PATH" LC_ALL=C.UTF-8
work=$(mktemp -d "${USAGECTL_BENCH_FOLDER:-/var/tmp}/usagectl-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work USAGECTL_DB=$work/store.db USAGECTL_NOW=2026-11-20T14:00:00Z

usagectl db init --sandbox -q >/dev/null
printf 'name = "home"\neffective = 2026-01-01\ncurrency = "USD"\n' >t.toml
printf '[[energy]]\nname = "Energy"\nper_kwh = "0.10"\n' >>t.toml
usagectl tariff add t.toml -q >/dev/null
usagectl account create A-1 --name 'Ana Diaz' --meter 1 --tariff home -q >/dev/null
# The other accounts are copies of the first.
sqlite3 store.db <<SQL
create temp table n as with recursive n(i) as (select 2 union all select i + 1 from n where
    i < $accounts) select i from n;
insert into meter (id, name, timezone, multiplier, known_since)
    select i, cast(i as text), 'America/Chicago', 1, 0 from n;
insert into account select i, 'A-' || i, name, street, city, state, county, postal_code, contacts,
    language, rule_pack, critical_care, chronic_condition, medical, tax_exempt, existing_customer,
    meter_number, begin_reading_wh, installed_on, last_read_on, due_setup, due_unbilled, due_past,
    due_postings, deposit, debt_percent, created_at from n, account where number = 1;
insert into account_standing select i, 'active', balance, moved_at, debt, i, profile,
    charged_through, cycle_day, cycle_start, cycle_wh, connection, disconnection, grace, low,
    low_days, wants_daily, changing from n, account_standing where account = 1;
SQL
python3 - "$accounts" "$payments" >payments.csv <<'PY'
import random, sys
accounts, payments = int(sys.argv[1]), int(sys.argv[2])
random.seed(1)
print("account,amount,method,reference,agent,received_at")
for line in range(payments):
    cents = random.randint(500, 20000)
    print(f"A-{random.randint(1, accounts)},{cents // 100}.{cents % 100:02},agent,R{line},Store 7,")
PY

seconds() { awk -v from="$1" -v to="$2" 'BEGIN { printf "%.3f", (to - from) / 1e9 }'; }
rate() { awk -v count="$1" -v took="$2" 'BEGIN { printf "%d", count / took }'; }
for run in posted unchanged; do
    start=$(date +%s%N)
    usagectl payment import payments.csv --format csv -q >results.csv
    took=$(seconds "$start" "$(date +%s%N)")
    echo "import, all $run: $(rate "$payments" "$took") payments/s ($took s)"
done
stat --printf 'store: %s bytes\n' store.db
# Where the benchmarks are built.
if [ -x "$programs/payments_bench" ]; then
    for _ in 1 2 3; do
        payments_bench store.db 2000
    done
fi
