#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# cards.sh [PROGRAMS]: how fast prepaid cards are made, tried and spent on this machine, side by
# side with the commits of sqlite3 on the same disk and with the hash of a PIN by itself. Prints
# figures; asserts nothing. Needs sqlite3 and python3.
#
#   USAGECTL_BENCH_CARDS    cards spent by one process, and one by one a tenth (default 5000)
#   USAGECTL_BENCH_MADE     cards made at the default cost                     (default 10000)
#   USAGECTL_BENCH_FOLDER   a folder on the disk to use                        (default /var/tmp)
set -euo pipefail

programs=${1:-$(cd "$(dirname "$0")/../.." && pwd)/build/release/bin}
cards=${USAGECTL_BENCH_CARDS:-5000}
made=${USAGECTL_BENCH_MADE:-10000}
export PATH="$programs:$PATH" LC_ALL=C.UTF-8
work=$(mktemp -d "${USAGECTL_BENCH_FOLDER:-/var/tmp}/usagectl-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
umask 077
export HOME=$work XDG_CONFIG_HOME=$work/config USAGECTL_DB=$work/store.db

seconds() { awk -v from="$1" -v to="$2" 'BEGIN { printf "%.3f", (to - from) / 1e9 }'; }
rate() { awk -v count="$1" -v took="$2" 'BEGIN { printf "%.0f", count / took }'; }
now() { date +%s%N; }
on_sale() {
    usagectl card generate --batch "$1" --count "$2" --value 1.00 --print-file "$1.csv" -q
    usagectl card receive --batch "$1" -q
    usagectl card ship --batch "$1" --agent corner -q
    usagectl card confirm --batch "$1" -q
    usagectl card activate --batch "$1" -q
}

{
    usagectl db init -q
    printf 'name = "home"\neffective = 2026-01-01\ncurrency = "USD"\n' >t.toml
    printf '[[energy]]\nname = "Energy"\nper_kwh = "0.10"\n' >>t.toml
    usagectl tariff add t.toml -q
    usagectl account create A-1 --name 'Ana Diaz' --meter 1 --tariff home -q
    usagectl config set cards.second_person_above 0
    usagectl card key
    usagectl agent add corner --name 'Corner Shop'
} >/dev/null

start=$(now)
usagectl card generate --batch dear --count "$made" --value 1.00 --print-file dear.csv -q >/dev/null
took=$(seconds "$start" "$(now)")
echo "made at the default cost: $made cards in $took s"

usagectl config set cards.hash_memory_kib 8 >/dev/null
usagectl config set cards.hash_passes 1 >/dev/null
on_sale bulk "$cards" >/dev/null
on_sale single "$((cards / 10))" >/dev/null
lines() {
    awk -F, 'NR > 1 { printf "{\"serial\":\"%s\",\"account\":\"A-1\",\"pin\":\"%s\"}\n", $1, $2 }' \
        "$1"
}
lines bulk.csv >bulk.jsonl
lines single.csv >single.jsonl

start=$(now)
usagectl card redeem --batch-input bulk.jsonl -q >bulk.out
took=$(seconds "$start" "$(now)")
echo "redeemed from a file: $(rate "$cards" "$took") cards/s ($took s)"

# One after the other by one process, each answered before the next is sent.
python3 - single.jsonl <<'PY'
import subprocess, sys, time
lines = open(sys.argv[1], "rb").readlines()
run = subprocess.Popen(["usagectl", "card", "redeem", "--batch-input", "-", "-q"],
                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
answers = run.stdout
times = []
for line in lines:
    start = time.perf_counter()
    run.stdin.write(line)
    answer = answers.readline() if hasattr(answers, "readline") else b""
    times.append(time.perf_counter() - start)
    assert b'"payment"' in answer, answer
run.stdin.close()
run.wait()
print(f"redeemed one by one, durable each: {len(lines) / sum(times):.0f} cards/s")
PY

# Commits of the same disk: one small row each, as durable as the store's.
python3 - "$((cards / 10))" <<'PY'
import sqlite3, sys, time
count = int(sys.argv[1])
store = sqlite3.connect("raw.db", isolation_level=None)
store.execute("pragma journal_mode = wal")
store.execute("pragma synchronous = full")
store.execute("create table t (i integer primary key, t text)")
start = time.perf_counter()
for i in range(count):
    store.execute("begin immediate")
    store.execute("insert into t values (?, ?)", (i, "x" * 100))
    store.execute("commit")
print(f"raw commits: {count / (time.perf_counter() - start):.0f}/s")
PY

# A whole process: the card of the dear batch is not on sale, and its hash is done all the same.
for cost in single dear; do
    IFS=, read -r serial pin _ < <(sed -n 2p "$cost.csv")
    echo "$pin" >pin
    for command in validate version; do
        start=$(now)
        for _ in {1..50}; do
            if [ "$command" = version ]; then
                usagectl version >/dev/null
            else
                usagectl card validate "$serial" --pin-file pin >/dev/null || true
            fi
        done
        took=$(seconds "$start" "$(now)")
        echo "process, $command ($cost): $(awk -v s="$took" 'BEGIN { printf "%.1f", s * 20 }') ms"
    done
    usagectl card unlock global --reason bench -q >/dev/null
    usagectl card unlock channel csr --reason bench -q >/dev/null
    usagectl card unlock card "$serial" --reason bench -q >/dev/null
done
