#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# balance.sh [PROGRAMS]: what a balance costs as a whole process, quote and all, beside the least a
# process on the same file can do. Prints medians with quartiles; asserts nothing.
#
#   USAGECTL_BENCH_ACCOUNTS  sizes of the store                          (default "1000 1000000")
#   USAGECTL_BENCH_RUNS      counted runs of each program, taken in turn (default 200)
set -euo pipefail

programs=${1:-$(cd "$(dirname "$0")/../.." && pwd)/build/release/bin}
runs=${USAGECTL_BENCH_RUNS:-200}
export PATH="$programs:$PATH" LC_ALL=C.UTF-8
work=$(mktemp -d "${TMPDIR:-/var/tmp}/usagectl-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_CONFIG_HOME="$work/config" USAGECTL_NOW=2026-11-01T08:00:00Z

# A household that has been charged for four weeks, on call at 14:00, settled through yesterday.
household() {
    usagectl db init --sandbox -q >/dev/null
    usagectl config set identity.provider_of_record SUNRISE -q >/dev/null
    printf '%s\n' 'name = "home"' 'effective = 2026-01-01' 'currency = "USD"' '[[energy]]' \
        'name = "Energy"' 'per_kwh = "0.10"' '[[fixed]]' 'name = "Day"' 'per_day = "0.50"' \
        >"$work/home.toml"
    usagectl tariff add "$work/home.toml" -q >/dev/null
    usagectl account create A-1 --name 'Ana Diaz' --meter 1001 --tariff home \
        --provider-of-record SUNRISE -q >/dev/null
    usagectl payment post A-1 500.00 --method cash -q >/dev/null
    usagectl account activate A-1 --meter-number 1 --begin-reading 0 --installed-on 2026-10-20 \
        --last-read-on 2026-11-01 -q >/dev/null
    {
        export TZ=UTC
        echo meter,start,wh,minutes
        for ((at = $(date -ud '2026-11-01 06:00' +%s); at < $(date -ud '2026-11-30 06:00' +%s); \
        at += 900)); do
            printf '1001,%(%Y-%m-%dT%H:%M:%SZ)T,%d,15\n' "$at" $((at / 900 % 7 * 90))
        done
    } >"$work/vee.csv"
    export USAGECTL_NOW=2026-11-30T10:00:00Z
    usagectl ingest "$work/vee.csv" -q >/dev/null
    usagectl account activate A-1 -q >/dev/null
    usagectl nightly --date 2026-11-28 -q >/dev/null
    export USAGECTL_NOW=2026-11-30T20:00:00Z
}

# neighbours N: the same account, N times more, each with its last charge.
neighbours() {
    sqlite3 "$USAGECTL_DB" >/dev/null <<SQL
pragma synchronous = off;
begin;
create temp table n as with recursive n(i) as (select 2 union all select i + 1 from n where i < $1)
    select i from n;
create temp table a as select * from account;
create temp table s as select * from account_standing;
create temp table m as select * from meter;
create temp table e as select * from ledger_entry where kind = 'charge'
    order by slot desc limit 1;
update a set name = 'Neighbour';
$(for table in a s m; do columns "$table"; done)
insert into ledger_entry select e.slot + ((n.i - 1) << 16), e.kind, e.at, e.known_at, e.amount,
    e.cause, e.profile, e.version, e.cycle_wh, e.vee_wh, e.raw_wh, e.estimated_wh, e.postings
    from n, e;
commit;
SQL
}

# The insert that copies one of the tables, with what must differ.
columns() {
    local table list
    case $1 in
    a) table=account ;;
    s) table=account_standing ;;
    m) table=meter ;;
    esac
    list=$(sqlite3 "$USAGECTL_DB" "select group_concat(case
        when '$1' = 'a' and name = 'number' then 'n.i'
        when '$1' = 'a' and name = 'id' then '''A-'' || n.i'
        when '$1' = 's' and name = 'account' then 'n.i'
        when '$1' = 's' and name = 'meter' then 'n.i'
        when '$1' = 'm' and name = 'id' then 'n.i'
        when '$1' = 'm' and name = 'name' then '''N-'' || n.i'
        when '$1' = 'm' and name = 'account' then '''A-'' || n.i'
        else '$1.' || name end, ', ') from pragma_table_info('$table')")
    echo "insert into $table select $list from n, $1;"
}

# report NAME FILE-WITH-MICROSECONDS
report() {
    sort -n "$2" | awk -v name="$1" '
        { t[NR] = $1 }
        END {
            printf "  %-34s %7.2f ms  (%.2f-%.2f)\n", name, t[int((NR + 1) / 2)] / 1000,
                t[int((NR + 3) / 4)] / 1000, t[int((NR * 3 + 3) / 4)] / 1000
        }'
}

# once FILE COMMAND…: adds the microseconds one run took.
once() {
    local file=$1 begin end
    shift
    begin=${EPOCHREALTIME/./}
    "$@" >/dev/null
    end=${EPOCHREALTIME/./}
    echo $((end - begin)) >>"$file"
}

for accounts in ${USAGECTL_BENCH_ACCOUNTS:-1000 1000000}; do
    export USAGECTL_DB="$work/$accounts.db" USAGECTL_NOW=2026-11-01T08:00:00Z
    rm -rf "$XDG_CONFIG_HOME"
    household
    neighbours "$accounts"
    rm -f "$work"/*.times
    for ((run = 0; run < runs; ++run)); do
        once "$work/least.times" sqlite3 "$USAGECTL_DB" 'select 1'
        once "$work/version.times" usagectl version
        once "$work/told.times" usagectl balance A-1 --json
        once "$work/unkept.times" usagectl balance A-1 --json --no-record
    done
    echo "$accounts accounts:"
    report "sqlite3 FILE 'select 1'" "$work/least.times"
    report "usagectl version" "$work/version.times"
    report "usagectl balance" "$work/told.times"
    report "usagectl balance --no-record" "$work/unkept.times"
done
