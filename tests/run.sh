#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what the build and the tests need (Debian 12), builds with warnings as errors, and runs
# everything: sanitizers and a short fuzz run first, then the whole suite on SQLite and on a
# throw-away PostgreSQL. Ends with ctest's own closing line.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
fuzz_seconds=${USAGECTL_FUZZ_SECONDS:-10}

step() { printf '\n== %d:%02d %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }

step "packages"
./tests/install.sh test

step "build, warnings as errors"
cmake --preset ci >/dev/null
cmake --build --preset ci

step "address and undefined-behaviour sanitizers: the tests of all rooms"
cmake --preset asan >/dev/null
cmake --build --preset asan --target room_tests
# What libcurl and libssh2 do among themselves is not ours to find.
export LSAN_OPTIONS=suppressions=$root/tests/support/lsan.supp:print_suppressions=0
export ASAN_OPTIONS=suppressions=$root/tests/support/asan.supp
export UBSAN_OPTIONS=print_stacktrace=1
ctest --preset asan -j2 -LE slow -E '^(cli|meta|tariffs|transcript|whole)|a year'

step "fuzz targets, $fuzz_seconds s each"
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target fuzz
./tests/fuzz/run.sh build/fuzz/bin "$fuzz_seconds"

step "the suite, on SQLite and PostgreSQL"
# In a directory of its own (-t), so that nothing a killed run left behind stands in the way. Five
# hundred commands at once hold a connection each. The inner shell expands the variables.
# shellcheck disable=SC2016
pg_virtualenv -t -v 15 -o max_connections=640 bash -c '
    export USAGECTL_TEST_POSTGRES="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres"
    ctest --preset ci -j2'
