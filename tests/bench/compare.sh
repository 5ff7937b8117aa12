#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# compare.sh [PROGRAMS]: what usagectl reaches, side by side with other programs on the same files
# in one run on one machine. Prints medians with the spread of the runs; asserts nothing.
#
#   USAGECTL_BENCH_METERS    meters of the LSE file, 96 intervals each      (default 200000)
#   USAGECTL_BENCH_RUNS      counted runs of each program, taken in turn    (default 5)
#   USAGECTL_BENCH_DUCKDB    folder with node_modules/@duckdb/node-api      (else left out)
#   USAGECTL_TEST_POSTGRES   URL of a server, e.g. under pg_virtualenv      (else left out)
#   USAGECTL_CORPUS          folder with smt-csv/, real data to store       (else left out)
set -euo pipefail

programs=${1:-$(cd "$(dirname "$0")/../.." && pwd)/build/release/bin}
here=$(cd "$(dirname "$0")" && pwd)
meters=${USAGECTL_BENCH_METERS:-200000}
runs=${USAGECTL_BENCH_RUNS:-5}
export PATH="$programs:$PATH" LC_ALL=C.UTF-8
work=$(mktemp -d "${TMPDIR:-/var/tmp}/usagectl-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
export HOME="$work"

# time_of COMMAND…: wall seconds and peak memory in KiB, on one line.
time_of() {
    /usr/bin/time -o "$work/time" -f '%e %M' "$@" >"$work/out" 2>"$work/err" || {
        echo "failed: $*" >&2
        cat "$work/err" >&2
        exit 1
    }
    tail -n 1 "$work/time"
}

# report NAME INTERVALS FILE-WITH-TIMES
report() {
    sort -n "$3" | awk -v name="$1" -v n="$2" '
        { t[NR] = $1; if ($2 > kib) kib = $2 }
        END {
            median = t[int((NR + 1) / 2)]
            printf "  %-34s %8.2f s  (%.2f-%.2f)  %8.1f M intervals/s  %6.1f MiB peak\n",
                name, median, t[1], t[NR], n / median / 1e6, kib / 1024
        }'
}
median() { sort -n "$1" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'; }

into_sqlite() {
    rm -f "$work"/store.db*
    USAGECTL_DB="$work/store.db" usagectl db init -q >/dev/null
    time_of env USAGECTL_DB="$work/store.db" usagectl ingest -q "$1" >>"$2"
}
into_postgres() {
    psql -q "$USAGECTL_TEST_POSTGRES" -c 'set client_min_messages = error' \
        -c 'drop schema if exists bench cascade' -c 'create schema bench'
    local url="$USAGECTL_TEST_POSTGRES?options=-csearch_path%3Dbench"
    USAGECTL_DB="$url" usagectl db init -q >/dev/null
    time_of env USAGECTL_DB="$url" usagectl ingest -q "$1" >>"$2"
}
into_sqlite_import() {
    rm -f "$work/import.db"
    time_of sqlite3 "$work/import.db" -cmd '.mode csv' ".import '$1' intervals" >>"$2"
}
into_duckdb() {
    rm -f "$work/duck.db"
    (cd "$USAGECTL_BENCH_DUCKDB" && time_of node "$here/duckdb.mjs" "$1" "$work/duck.db") >>"$2"
}

lscpu | sed -n 's/^Model name: */machine: /p'
echo "cores: $(nproc), runs of each: $runs, in turn"

usagectl bench generate --meters "$meters" --days 1 --from 2026-10-01 --format lse --seed 1 \
    -o "$work/day.lse" --truth "$work/truth.csv" -q >/dev/null
usagectl bench generate --meters $((meters / 10)) --days 2 --from 2026-10-01 --format smt-csv \
    --seed 1 -o "$work/two-days.csv" -q >/dev/null
lse_intervals=$(awk -F, '$1 == "read" { print $3 }' "$work/truth.csv")
csv_intervals=$(($(wc -l <"$work/two-days.csv") - 1))

for ((run = 0; run <= runs; ++run)); do
    log=$work/times
    [ "$run" -eq 0 ] && log=$work/warm-up # not counted
    mkdir -p "$log"
    into_sqlite "$work/day.lse" "$log/lse-sqlite"
    into_sqlite "$work/two-days.csv" "$log/csv-sqlite"
    if [ -n "${USAGECTL_TEST_POSTGRES:-}" ]; then
        into_postgres "$work/day.lse" "$log/lse-postgres"
        into_postgres "$work/two-days.csv" "$log/csv-postgres"
    fi
    [ -z "${USAGECTL_BENCH_DUCKDB:-}" ] || into_duckdb "$work/two-days.csv" "$log/csv-duckdb"
    into_sqlite_import "$work/two-days.csv" "$log/csv-import"
done

echo
echo "LSE, $lse_intervals intervals, $(stat -c %s "$work/day.lse") bytes, durable"
report "usagectl into SQLite" "$lse_intervals" "$work/times/lse-sqlite"
[ -z "${USAGECTL_TEST_POSTGRES:-}" ] ||
    report "usagectl into PostgreSQL" "$lse_intervals" "$work/times/lse-postgres"
csv_bytes=$(stat -c %s "$work/two-days.csv")
echo "Smart Meter Texas CSV, $csv_intervals intervals, $csv_bytes bytes, durable"
report "usagectl into SQLite" "$csv_intervals" "$work/times/csv-sqlite"
[ -z "${USAGECTL_TEST_POSTGRES:-}" ] ||
    report "usagectl into PostgreSQL" "$csv_intervals" "$work/times/csv-postgres"
ours=$(median "$work/times/csv-sqlite")
for peer in duckdb import; do
    [ -e "$work/times/csv-$peer" ] || continue
    name="sqlite3 .import"
    [ "$peer" = duckdb ] && name="DuckDB read_csv into a table"
    report "$name" "$csv_intervals" "$work/times/csv-$peer"
    awk -v name="$name" -v ours="$ours" -v theirs="$(median "$work/times/csv-$peer")" \
        'BEGIN { printf "  %-34s takes %.1f times as long\n", name, theirs / ours }'
done

echo
echo "peak memory of an ingest into SQLite"
for ((i = 0; i < 10; ++i)); do
    usagectl bench generate --meters "$meters" --days 1 --from "2026-09-$((10 + i))" --format lse \
        --seed "$i" -o "$work/part.lse" -q >/dev/null
    cat "$work/part.lse" >>"$work/ten.lse"
done
: >"$work/memory"
into_sqlite "$work/day.lse" "$work/memory"
into_sqlite "$work/ten.lse" "$work/memory"
awk 'NR == 1 { printf "  1 x the file: %.1f MiB\n", $2 / 1024 }
     NR == 2 { printf "  10 x the file: %.1f MiB\n", $2 / 1024 }' "$work/memory"
rm -f "$work/ten.lse" "$work/part.lse"

echo
echo "stored size of the block table in bytes per interval, pages and keys counted"
stored_size() {
    rm -f "$work"/store.db*
    local count
    count=$(USAGECTL_DB="$work/store.db" usagectl ingest -q "$2" --jq .totals.stored)
    sqlite3 "$work/store.db" "select printf('  %s: %.3f (%d intervals, %d pages, %d %% filled)',
        '$1', sum(pgsize) * 1.0 / $count, $count, count(*),
        100 * sum(pgsize - unused) / sum(pgsize)) from dbstat where name = 'block'"
}
stored_size "the synthetic day" "$work/day.lse"
[ ! -d "${USAGECTL_CORPUS:-}/smt-csv" ] || stored_size "real files" "$USAGECTL_CORPUS/smt-csv"

echo
echo "usage show for one day as a whole process against sqlite3 'select 1'"
rm -f "$work"/store.db*
export USAGECTL_DB="$work/store.db"
usagectl ingest -q "$work/day.lse" >/dev/null
meter=$(usagectl meter list --format csv --no-header | sed -n "$((meters / 2))p" | cut -d, -f1)
sqlite3 "$work/plain.db" 'create table t(x)'
for ((round = 0; round < 5; ++round)); do
    started=$(date +%s%N)
    for ((i = 0; i < 100; ++i)); do usagectl usage show "$meter" >/dev/null; done
    middle=$(date +%s%N)
    for ((i = 0; i < 100; ++i)); do sqlite3 "$work/plain.db" 'select 1' >/dev/null; done
    ended=$(date +%s%N)
    echo "$(((middle - started) / 100000)) $(((ended - middle) / 100000))"
done | sort -n | awk '
    { ours[NR] = $1; theirs[NR] = $2 }
    END { m = int((NR + 1) / 2)
          printf "  usagectl usage show %d us, sqlite3 %d us, ratio %.2f\n", ours[m], theirs[m],
              ours[m] / theirs[m] }'
