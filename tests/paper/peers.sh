#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Others read the sheets: qpdf finds them sound, pdftotext finds every serial number and PIN once,
# and zbarimg reads every code from the page as pdftoppm renders it.
set -euo pipefail
program=$1

for peer in qpdf pdftotext pdftoppm zbarimg; do
    command -v "$peer" >/dev/null || { echo "skipped: no $peer"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$program" "$work"

grouped() { sed -E 's/(.{4})/\1 /g; s/ $//' <<<"$1"; }

# Exactly once, as a number of its own behind its label.
written_once() {
    local count
    count=$(grep -oP "$1 $(grouped "$2")(?! ?[0-9])" words | wc -l || true)
    [ "$count" -eq 1 ] || { echo "$look: $1 $2 is written $count times"; exit 1; }
}

for list in *.txt; do
    look=${list%.txt}
    qpdf --check "$look.pdf" >/dev/null
    pdftotext -layout "$look.pdf" - | tr -s ' ' >words
    pdftoppm -r 200 -gray -png "$look.pdf" "$look"
    # zbarimg asks for a bus that it does not need, and says so.
    zbarimg -q --raw -Sdisable -Sqrcode.enable "$look"-*.png 2>/dev/null | sort >codes
    cut -d' ' -f3 "$list" | sort | diff - codes
    while read -r serial pin _; do
        written_once Serie "$serial"
        written_once PIN "$pin"
    done <"$list"
    echo "$look: $(wc -l <codes) cards"
done
