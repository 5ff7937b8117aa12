#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Others read the sheets: qpdf finds them sound, pdftotext finds every serial number and PIN once,
# and zbarimg reads every code from the page as pdftoppm renders it. Letters lie where they should
# and are as wide as was reckoned; a code stands upright with its quiet zone around it.
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

# Beginning and end of a word in points, and the width that was reckoned: they agree to 0.15.
word_lies() {
    local sides='xMin="([0-9.]+)".* xMax="([0-9.]+)"'
    pdftotext -bbox measures.pdf - | sed -nE "s/.*$sides.*>$1<.*/\1 \2/p" |
        awk -v width="$2" -v place="$3" '
            function near(a, b) { return a - b < 0.15 && b - a < 0.15 }
            { sound = near($2 - $1, width / 10) &&
                near(place == "left" ? $1 : place == "right" ? $2 : ($1 + $2) / 2, 50) }
            END { exit !sound }' || { echo "measures: $1 lies elsewhere"; exit 1; }
}
read -r left centre right <measures.txt
word_lies Ñandú "$left" left
word_lies centre "$centre" centre
word_lies right "$right" right

# One pixel a square: row 4 is the upper edge of two finder patterns, row 24 the lower one of one.
pdftoppm -r 72 -gray -x 0 -y 71 -W 29 -H 29 measures.pdf code
tail -c 841 code-1.pgm | od -An -v -w29 -tu1 |
    awk '{ row = ""; for (i = 1; i <= NF; ++i) row = row ($i < 128 ? "#" : "."); print row }' \
        >squares
white=.............................
for row in 1 2 3 4 26 27 28 29; do
    [ "$(sed -n ${row}p squares)" = $white ] || { echo "measures: no quiet zone"; exit 1; }
done
if ! sed -n 5p squares | grep -qE '^\.{4}#{7}\..*\.#{7}\.{4}$' ||
    ! sed -n 25p squares | grep -qE '^\.{4}#{7}\.' ||
    sed -n 25p squares | grep -qE '\.#{7}\.{4}$'; then
    echo "measures: the code does not stand upright"
    cat squares
    exit 1
fi
rm measures.*

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
