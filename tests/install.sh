#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs the Debian packages usagectl needs: `install.sh build` what it is built from, `install.sh
# test` what testing it takes besides. Does nothing, and needs no rights, when all are there.
set -euo pipefail

packages=(
    g++ cmake ninja-build pkg-config git ca-certificates
    libcli11-dev nlohmann-json3-dev libsqlitecpp-dev libsqlite3-dev libpq-dev
    libhowardhinnant-date-dev libfmt-dev libexpected-dev libtomlplusplus-dev
    libpugixml-dev libarchive-dev zlib1g-dev libssl-dev libjq-dev
    libcurl4-openssl-dev libhpdf-dev libqrencode-dev libpng-dev libsodium-dev tzdata
    ccache mold scdoc
)
if [ "${1:-build}" = test ]; then
    packages+=(
        catch2 librapidcheck-dev clang libclang-rt-14-dev clang-format-14
        postgresql postgresql-common sqlite3 shellcheck mandoc zsh fish jq zstd gzip zip
        libbenchmark-dev libcpp-httplib-dev openssl proftpd-core proftpd-mod-crypto openssh-server
        ledger poppler-utils qpdf zbar-tools
    )
fi

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null || true)
    [ "$status" = "ii " ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "install.sh: run as root, or install sudo; missing: ${missing[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi
# A server package must not start a server on this machine: the tests make their own, on loopback.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi
# createcluster=false: the tests make throw-away clusters, no permanent one is wanted.
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null
