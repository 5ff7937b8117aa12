#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh PROGRAMS SECONDS [TARGET…]: runs every fuzz target for SECONDS. The corpus grows under
# build/fuzz/corpus and is kept between runs; a crash leaves its input beside it and fails.
#
# The long run, before a release:  tests/fuzz/run.sh build/fuzz/bin 1800
set -euo pipefail

programs=$(cd "$1" && pwd)
seconds=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
corpus=$programs/../corpus

targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for program in "$programs"/*_fuzz; do targets+=("$(basename "$program")"); done
fi

run_one() {
    local target=$1 folder=$corpus/$1
    mkdir -p "$folder"
    local seeds=()
    [ -d "$here/seeds/$target" ] && seeds=("$here/seeds/$target")
    # Examples for users are seeds as well.
    [ "$target" = tariff_fuzz ] && seeds+=("$here/../../examples/tariffs")
    [ "$target" = rules_fuzz ] &&
        seeds+=("$here/../../examples/rules" "$here/../../lib/rules/packs")
    local dictionary=()
    [ -e "$here/$target.dict" ] && dictionary=(-dict="$here/$target.dict")
    if (cd "$corpus" && "$programs/$target" -max_total_time="$seconds" -rss_limit_mb=1024 \
        -timeout=10 -print_final_stats=1 -verbosity=1 "${dictionary[@]}" "$folder" "${seeds[@]}" \
        >"$corpus/$target.log" 2>&1); then
        awk -v t="$target" '/number_of_executed_units/ { n = $2 }
            END { printf "%-16s %12d runs, sound\n", t, n }' "$corpus/$target.log"
    else
        tail -n 30 "$corpus/$target.log"
        echo "$target: failed"
        return 1
    fi
}
export -f run_one
export programs seconds here corpus

mkdir -p "$corpus"
printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -I{} bash -c 'run_one {}'
