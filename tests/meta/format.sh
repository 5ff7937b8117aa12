#!/bin/bash
# SPDX-License-Identifier: MIT
# Every C++ source is as clang-format 14 writes it.
set -eu
cd "$2"
find cmd lib tests \( -name '*.cpp' -o -name '*.hpp' \) -print0 |
    xargs -0 -n 40 clang-format-14 --dry-run -Werror
