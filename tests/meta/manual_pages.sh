#!/bin/sh
# SPDX-License-Identifier: MIT
# Every page renders, and mandoc finds nothing to say beyond the empty paragraphs scdoc leaves.
set -eu
command -v scdoc >/dev/null || { echo "skipped: scdoc is not installed"; exit 77; }
command -v mandoc >/dev/null || { echo "skipped: mandoc is not installed"; exit 77; }
program=$1
root=$2
work=$3/pages
mkdir -p "$work"
failures=0
for template in "$root"/man/*.scd; do
    page=$(basename "$template" .scd)
    "$program" __man "${page%.*}" "$template" >"$work/$page.scd"
    SOURCE_DATE_EPOCH=0 scdoc <"$work/$page.scd" >"$work/$page"
    if mandoc -Tlint -W warning "$work/$page" | grep -v 'skipping paragraph macro'; then
        failures=1
    fi
    if grep -n '@[A-Z_]*@' "$work/$page"; then
        echo "$page: a placeholder was left"
        failures=1
    fi
    if ! grep -q '"1970-01-01"' "$work/$page"; then
        echo "$page: not dated by SOURCE_DATE_EPOCH"
        failures=1
    fi
done
exit $failures
