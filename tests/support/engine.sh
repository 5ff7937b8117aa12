# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Sourced by tests of whole commands on one engine, PROGRAMS sqlite|postgresql: the programs come
# first on the path, and there is a place to work in that is gone afterwards. Without a server the
# test is skipped.
programs=$1 engine=$2
export PATH="$programs:$PATH" LC_ALL=C.UTF-8 TZ=UTC
if [ "$engine" = postgresql ] && [ -z "${USAGECTL_TEST_POSTGRES:-}" ]; then
    echo "skipped: USAGECTL_TEST_POSTGRES is not set"
    exit 0
fi

work=$(mktemp -d)
schema=usagectl_$$
remove_place() {
    rm -rf "$work"
    if [ "$engine" = postgresql ]; then
        psql -q "$USAGECTL_TEST_POSTGRES" 2>/dev/null \
            -c "drop schema if exists $schema cascade" || true
    fi
}
trap remove_place EXIT
export HOME="$work" XDG_CONFIG_HOME="$work/config"

# An empty store is named by USAGECTL_DB; what the one before held is gone.
fresh_store() {
    if [ "$engine" = sqlite ]; then
        rm -f "$work"/store.db*
        export USAGECTL_DB="$work/store.db"
    else
        psql -q "$USAGECTL_TEST_POSTGRES" -c 'set client_min_messages = error' \
            -c "drop schema if exists $schema cascade" -c "create schema $schema"
        export USAGECTL_DB="$USAGECTL_TEST_POSTGRES?options=-csearch_path%3D$schema"
    fi
    usagectl db init --sandbox -q >/dev/null
}
