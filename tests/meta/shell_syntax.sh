#!/bin/sh
# SPDX-License-Identifier: MIT
# Every shell reads its script, and shellcheck finds nothing to say about ours.
set -eu
root=$2
bash -n "$root/completions/usagectl.bash"
if command -v zsh >/dev/null; then zsh -n "$root/completions/_usagectl"; fi
if command -v fish >/dev/null; then fish --no-execute "$root/completions/usagectl.fish"; fi
if command -v shellcheck >/dev/null; then
    shellcheck --shell=bash --severity=warning "$root/completions/usagectl.bash"
    find "$root/tests" -name '*.sh' -exec shellcheck -x --severity=warning {} +
fi
