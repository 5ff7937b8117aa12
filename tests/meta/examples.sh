#!/bin/bash
# SPDX-License-Identifier: MIT
# Runs every example of every command, as help and the manual pages show it, in a folder that has
# the files and the meter they speak of. None may be wrong usage, a bug, or a command not found.
set -u
program=$1
scratch=$(mktemp -d)
market=
finish() {
    [ -z "$market" ] || kill "$market"
    rm -rf "$scratch"
}
trap finish EXIT
cd "$scratch" || exit 1
export HOME=$scratch XDG_CONFIG_HOME=$scratch/config XDG_DATA_HOME=$scratch/data LC_ALL=C.UTF-8
PATH=$(dirname "$program"):$PATH
export PATH USAGECTL_DB=$scratch/store.db USAGECTL_NOW=2026-11-20T14:00:00Z
unset USAGECTL_CONFIG USAGECTL_PROFILE

usagectl db init --sandbox >/dev/null
mkdir outbox
usagectl bench generate --meters 2 --days 2 --from 2026-11-01 -o outbox/day.lse >/dev/null
gzip -c outbox/day.lse >day.lse.gz
printf 'meter,start,wh\nR-1,2026-11-01T06:00:00Z,100\n' >reads.csv
echo '{"record":"R-1,2026-11-01T06:15:00Z,9","format":"csv","context":"meter,start,wh"}' \
    >corrected.jsonl
# The meter the examples speak of.
sed 's/1044372099[0-9]*/10443720000000001/' outbox/day.lse >named.lse
usagectl ingest named.lse >/dev/null
usagectl meter set 10443720000000001 --provider-of-record REP1 --meter-number 000000001 >/dev/null
usagectl config set identity.provider_of_record REP1 >/dev/null
# The tariffs and rule packs they speak of, and a rate from elsewhere.
cp "$2"/examples/tariffs/*.toml "$2"/examples/rules/*.toml .
usagectl tariff add flat.toml >/dev/null
usagectl tariff add time-of-use.toml >/dev/null
echo '{"name":"Flat","energyratestructure":[[{"rate":0.1}]],"demandrateunit":"kW"}' >rate.json
# What the legacy billing system says of a customer, and the bills of a cycle.
printf 'account,name,meter\nL-2001,Ana Diaz,2001\n' >extract.csv
echo 'account,cycle_start,cycle_end,days_in_cycle,kwh,energy_charge,taxes' >bills.csv
usagectl legacy import extract.csv >/dev/null
usagectl reconcile start --cycle-end 2026-10-31 --bills bills.csv >/dev/null
# The accounts they speak of: one in service, one that is paid and waits for its meter.
for account in A-1001 A-1002; do
    usagectl account create "$account" --name Ana --meter "M-$account" --tariff home-flat \
        --provider-of-record REP1 \
        --meter-number 1 --begin-reading 0 --installed-on 2026-11-20 --last-read-on 2026-11-20 \
        >/dev/null 2>&1
done
# One that is served, and is to have another meter; the next one is known, too.
printf 'meter,start,wh,minutes\nM-1004,2026-11-20T06:00:00Z,100,60\n' >served.csv
usagectl ingest served.csv >/dev/null
usagectl account create A-1004 --name Ana --meter M-1004 --tariff home-flat --meter-number 4 \
    --begin-reading 0 --installed-on 2026-11-20 --last-read-on 2026-11-20 >/dev/null 2>&1
usagectl account activate A-1004 >/dev/null
for meter in 8 9; do
    usagectl meter set "1044372000000000$meter" --meter-number "$meter" >/dev/null
done
usagectl order create A-1004 --kind change --new-meter 10443720000000008 --reason old >/dev/null
printf 'order,state\nO-A-1001-20261120-1,completed\n' >confirmed.csv
echo '{"order":"O-A-1001-20261120-1","exit_status":0}' >done.jsonl
printf 'account,amount,method,reference\nA-1001,25.00,cash,1\n' >payments.csv
# The cards they speak of: on sale, on their way, and misprinted.
usagectl config set cards.hash_memory_kib 8 >/dev/null
usagectl card key >/dev/null 2>&1
usagectl agent add north-market >/dev/null
usagectl card generate --batch 2026-11 --count 4 --value 25.00 --print-file 2026-11.csv >/dev/null
usagectl card generate --batch 2026-10 --count 2 --value 25.00 --print-file 2026-10.csv >/dev/null
usagectl card receive --batch 2026-11 >/dev/null
usagectl card package --batch 2026-11 --count 1 --into 2026-11-north >/dev/null
for batch in 2026-11 2026-11-north; do
    usagectl card ship --batch "$batch" --agent north-market >/dev/null
done
usagectl card confirm --batch 2026-11 >/dev/null
# One at the printer's, one that was sealed for him, and two that were put on sale before.
usagectl card generate --batch 2026-09 --count 2 --value 25.00 --print-file 2026-09.csv >/dev/null
usagectl config set utility.name 'Sample Power' >/dev/null
usagectl config set utility.web example.com/cards >/dev/null
usagectl card print-file key -o held.key -q --jq .public_key >held.pub
USAGECTL_CARDS_PRINTER_KEY=$(cat held.pub) usagectl card generate --batch sealed --count 2 \
    --value 25.00 --print-file sealed.csv >/dev/null
sell() {
    usagectl agent add "$1" --invoice-on activated >/dev/null
    usagectl card generate --batch "$1" --count 2 --value 25.00 --print-file "$1.csv" >/dev/null
    usagectl card receive --batch "$1" >/dev/null
    usagectl card ship --batch "$1" --agent "$1" >/dev/null
    usagectl card confirm --batch "$1" >/dev/null
    USAGECTL_NOW=$2 usagectl card activate --batch "$1" >/dev/null
}
sell south-market 2026-11-03T14:00:00Z
sell east-market 2026-10-05T14:00:00Z
(umask 077 && sed -n 's/^100000000017,\([0-9]*\),.*/\1/p' 2026-11.csv >pin.txt)
(umask 077 && awk -F, '$1 == 100000000025 {
    printf "{\"serial\":\"%s\",\"account\":\"A-1001\",\"pin\":\"%s\"}\n", $1, $2 }' \
    2026-11.csv >cards.jsonl)
# The market they ask, which is this machine.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=market \
    -addext subjectAltName=IP:127.0.0.1 -keyout market.key -out market.pem 2>/dev/null
mkfifo said
fake_market --cert market.pem --key market.key --now "$USAGECTL_NOW" >said &
market=$!
read -r port <said
(umask 077 && echo secret >password)
for setting in kind=smt-portal url="https://127.0.0.1:$port" user=OPS poll_seconds=1 \
    poll_first_seconds=0 password_file="$scratch/password" path.power_status=/api/powerstatus; do
    usagectl config set "market.${setting%%=*}" "${setting#*=}" >/dev/null
done
usagectl config set net.ca_file "$scratch/market.pem" >/dev/null
printf '\n[profile.night]\ncolor = "never"\n' >>config/usagectl/config.toml

failures=0 count=0
while read -r path; do
    # shellcheck disable=SC2086 # a path is one to three words
    while read -r example; do
        # Other servers are beyond this folder, and so is the next day of a plan.
        case $example in
        *postgresql://* | *sftp://* | *' ingest --all' | *' @'* | *' usage backfill') continue ;;
        esac
        count=$((count + 1))
        output=$(bash -c "$example" 2>&1 </dev/null)
        exit=$?
        case $exit in
        0 | 1) ;;
        *)
            echo "$example: exit $exit"
            echo "$output" | tail -n 5
            failures=$((failures + 1))
            ;;
        esac
    done < <(usagectl help $path | sed -n '/^examples:/,$s/^  \([a-z]\)/\1/p')
done < <(usagectl help --all | sed -n '/^commands:/,/^$/s/^  \([a-z]*\( [a-z]*\)\{0,2\}\)  .*/\1/p')
echo "$count examples"
[ "$count" -gt 20 ] && [ "$failures" -eq 0 ]
