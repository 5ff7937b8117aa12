#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# link.sh [PROGRAMS]: picking up files from real servers on this machine, side by side with curl and
# with a local ingest, in one run. Prints medians with the spread of the runs; asserts nothing.
# Needs what tests/install.sh test installs, and curl.
#
#   USAGECTL_BENCH_FILES     small files on the SFTP server   (default 10000)
#   USAGECTL_BENCH_MEGABYTES size of the LSE file over FTPS   (default 1000)
#   USAGECTL_BENCH_RUNS      counted runs of each, in turn    (default 3)
set -euo pipefail

programs=${1:-$(cd "$(dirname "$0")/../.." && pwd)/build/release/bin}
files=${USAGECTL_BENCH_FILES:-10000}
megabytes=${USAGECTL_BENCH_MEGABYTES:-1000}
runs=${USAGECTL_BENCH_RUNS:-3}
export PATH="$programs:$PATH" LC_ALL=C.UTF-8
work=$(mktemp -d "${TMPDIR:-/var/tmp}/usagectl-bench-XXXXXX")
servers=()
finish() {
    [ ${#servers[@]} -eq 0 ] || kill "${servers[@]}"
    rm -rf "$work"
}
trap finish EXIT
export HOME="$work" USAGECTL_DB="$work/store.db"
mkdir "$work/sftp" "$work/ftp" "$work/fetched"
user=$(id -un)

free_port() {
    local port=$((20000 + RANDOM % 20000))
    while ss -Hltn "sport = :$port" | grep -q .; do port=$((port + 1)); done
    echo "$port"
}
wait_for() {
    local tries
    for ((tries = 0; tries < 100; ++tries)); do
        ss -Hltn "sport = :$1" | grep -q . && return
        sleep 0.1
    done
    echo "nothing listens at $1" >&2
    exit 1
}

# Seconds of COMMAND, into FILE.
timed() {
    local into=$1 started ended
    shift
    started=$(date +%s%N)
    "$@" >"$work/out" 2>"$work/err" || {
        echo "failed: $*" >&2
        cat "$work/out" "$work/err" >&2
        exit 1
    }
    ended=$(date +%s%N)
    echo "$(((ended - started) / 1000000))" | awk '{ print $1 / 1000 }' >>"$into"
}
median() { sort -n "$1" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'; }
# report NAME TIMES FILES BYTES
report() {
    sort -n "$2" | awk -v name="$1" -v files="$3" -v bytes="$4" '
        { t[NR] = $1 }
        END {
            m = t[int((NR + 1) / 2)]
            printf "  %-34s %8.2f s  (%.2f-%.2f)  %8.0f files/s  %7.1f MB/s\n",
                name, m, t[1], t[NR], files / m, bytes / m / 1e6
        }'
}
ratio() {
    awk -v name="$1" -v ours="$(median "$2")" -v theirs="$(median "$3")" \
        'BEGIN { printf "  %-34s takes %.2f times as long\n", name, theirs / ours }'
}
fresh_store() {
    rm -rf "$work"/store.db* "$work/fetched"
    mkdir "$work/fetched"
    usagectl db init -q >/dev/null
}

lscpu | sed -n 's/^Model name: */machine: /p'
echo "cores: $(nproc), runs of each: $runs, in turn"

# Small files: a day of two meters each.
usagectl bench generate --meters 20 --days "$((files / 10))" --from 2020-01-01 -o "$work/all.lse" \
    -q >/dev/null
awk -v folder="$work/sftp" '
    /^00000001/ && ++group % 2 == 1 {
        close(name)
        name = sprintf("%s/day%05d.lse", folder, (group + 1) / 2)
    }
    { print > name }' "$work/all.lse"
find "$work/sftp" -name '*.lse' -exec touch -d '2 hours ago' {} +
small_bytes=$(cat "$work"/sftp/*.lse | wc -c)

ssh-keygen -q -t ed25519 -N '' -f "$work/host"
ssh-keygen -q -t ed25519 -N '' -f "$work/key"
ssh_port=$(free_port)
[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
cat >"$work/sshd_config" <<END
ListenAddress 127.0.0.1
Port $ssh_port
HostKey $work/host
AuthorizedKeysFile $work/key.pub
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
Subsystem sftp internal-sftp
ForceCommand internal-sftp
END
/usr/sbin/sshd -D -e -f "$work/sshd_config" 2>"$work/sshd.log" &
servers+=($!)
wait_for "$ssh_port"
echo "[127.0.0.1]:$ssh_port $(cut -d' ' -f1,2 "$work/host.pub")" >"$work/known_hosts"
for file in "$work"/sftp/*.lse; do
    printf 'url = "sftp://%s@127.0.0.1:%s%s"\noutput = "%s/fetched/%s"\n' \
        "$user" "$ssh_port" "$file" "$work" "${file##*/}"
done >"$work/list"
mkdir "$work/.ssh"
cp "$work/known_hosts" "$work/.ssh/known_hosts"

pick_up() {
    usagectl ingest -q "sftp://$user@127.0.0.1:$ssh_port$work/sftp/" --identity "$work/key" \
        --known-hosts "$work/known_hosts"
}
with_curl() { curl -s -S --fail --key "$work/key" --pubkey "$work/key.pub" -K "$work/list"; }
local_folder() { usagectl ingest -q "$work/sftp"; }
for ((run = 0; run <= runs; ++run)); do
    into=$work/times
    [ "$run" -eq 0 ] && into=$work/warm-up # not counted
    mkdir -p "$into"
    fresh_store
    timed "$into/sftp" pick_up
    fresh_store
    timed "$into/curl" with_curl
    fresh_store
    timed "$into/folder" local_folder
done
echo
echo "$files files, $small_bytes bytes, over SFTP"
report "usagectl ingest sftp://, durable" "$work/times/sftp" "$files" "$small_bytes"
report "curl, fetching alone" "$work/times/curl" "$files" "$small_bytes"
report "usagectl ingest of the folder" "$work/times/folder" "$files" "$small_bytes"
ratio curl "$work/times/sftp" "$work/times/curl"
ratio "the folder itself" "$work/times/sftp" "$work/times/folder"

# One large file.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=bench \
    -addext subjectAltName=DNS:localhost -keyout "$work/ftp.key" -out "$work/ftp.pem" 2>/dev/null
ftp_port=$(free_port)
printf 'pass word\n' >"$work/password"
chmod 400 "$work/password"
printf 'meter:%s:%s:%s::%s:/bin/false\n' "$(openssl passwd -6 'pass word')" "$(id -u)" "$(id -g)" \
    "$work/ftp" >"$work/users"
printf 'meters:x:%s:\n' "$(id -g)" >"$work/groups"
chmod 600 "$work/users" "$work/groups"
cat >"$work/proftpd.conf" <<END
ServerType standalone
DefaultServer on
UseIPv6 off
DefaultAddress 127.0.0.1
SocketBindTight on
Port $ftp_port
User $(id -un)
Group $(id -gn)
DelayEngine off
ModulePath /usr/lib/proftpd
LoadModule mod_tls.c
RootLogin on
WtmpLog off
TransferLog none
RequireValidShell off
AuthOrder mod_auth_file.c
AuthUserFile $work/users
AuthGroupFile $work/groups
PidFile $work/ftp.pid
ScoreboardFile $work/ftp.score
SystemLog $work/ftp.log
TLSEngine on
TLSRequired on
TLSECCertificateFile $work/ftp.pem
TLSECCertificateKeyFile $work/ftp.key
END
/usr/sbin/proftpd -n -c "$work/proftpd.conf" >"$work/ftp.out" 2>&1 &
servers+=($!)
wait_for "$ftp_port"

# About 1.03 kB a meter and day.
usagectl bench generate --meters $((megabytes * 970)) --days 1 --from 2026-10-01 \
    -o "$work/ftp/day.lse" -q >/dev/null
touch -d '2 hours ago' "$work/ftp/day.lse"
large_bytes=$(stat -c %s "$work/ftp/day.lse")
over_ftps() {
    usagectl ingest -q "ftps://meter@localhost:$ftp_port/" --ca-file "$work/ftp.pem" \
        --password-file "$work/password"
}
local_file() { usagectl ingest -q "$work/ftp/day.lse"; }
for ((run = 0; run <= runs; ++run)); do
    into=$work/times
    [ "$run" -eq 0 ] && into=$work/warm-up
    fresh_store
    timed "$into/ftps" over_ftps
    fresh_store
    timed "$into/local" local_file
    timed "$into/ftp-curl" curl -s -S --fail --ssl-reqd --cacert "$work/ftp.pem" \
        --user 'meter:pass word' "ftp://localhost:$ftp_port/day.lse" -o "$work/fetched/day.lse"
done
echo
echo "one LSE file, $large_bytes bytes, over FTPS"
report "usagectl ingest ftps://" "$work/times/ftps" 1 "$large_bytes"
report "usagectl ingest of the local file" "$work/times/local" 1 "$large_bytes"
report "curl, fetching alone" "$work/times/ftp-curl" 1 "$large_bytes"
ratio "the local file" "$work/times/ftps" "$work/times/local"

echo
echo "start-up: usagectl version against sqlite3 -version, 200 runs each"
for ((round = 0; round < 5; ++round)); do
    started=$(date +%s%N)
    for ((i = 0; i < 200; ++i)); do usagectl version >/dev/null; done
    middle=$(date +%s%N)
    for ((i = 0; i < 200; ++i)); do sqlite3 -version >/dev/null; done
    ended=$(date +%s%N)
    echo "$(((middle - started) / 200000)) $(((ended - middle) / 200000))"
done | sort -n | awk '
    { ours[NR] = $1; theirs[NR] = $2 }
    END { m = int((NR + 1) / 2)
          printf "  usagectl version %d us, sqlite3 -version %d us, ratio %.2f\n",
              ours[m], theirs[m], ours[m] / theirs[m] }'
