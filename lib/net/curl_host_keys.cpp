// SPDX-License-Identifier: MIT
#include "net/curl_host_keys.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/assert.hpp"

namespace usagectl::net {
namespace {

// A key nobody has: where a fingerprint decides, the file only says which kind to ask for.
const HostKey any_ed25519{
    "ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};

// One file for each kind, in the order they come.
std::vector<std::string> files_by_kind(const std::string& name, const std::vector<HostKey>& keys) {
    std::vector<std::string> files;
    std::string kind;
    for (const auto& key : keys) {
        if (key.kind != kind)
            files.emplace_back();
        kind = key.kind;
        files.back().append(name).append(" ").append(kind).append(" ").append(key.key).append("\n");
    }
    return files;
}

Descriptor memory_file(const std::string& text) {
    Descriptor file(::memfd_create("known_hosts", MFD_CLOEXEC));
    if (::write(file.number(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        throw Failure(
            "network_library_failed",
            "the host keys cannot be handed to libcurl: " + std::generic_category().message(errno)
        );
    }
    return file;
}

}  // namespace

HostKeyRule::HostKeyRule(CurlHandle& handle, const TransferOptions& options)
    : handle_(handle)
    , by_fingerprint_(options.host_key_sha256.has_value()) {
    if (by_fingerprint_) {
        handle_.set(CURLOPT_SSH_HOST_PUBLIC_KEY_SHA256, options.host_key_sha256->c_str());
        kinds_ = {files_by_kind(options.known_as, {any_ed25519}).front(), ""};
    } else {
        kinds_ = files_by_kind(options.known_as, options.host_keys);
    }
    USAGECTL_ASSERT(!kinds_.empty());
    handle_.set(CURLOPT_SSH_KEYFUNCTION, &HostKeyRule::judge);
    handle_.set(CURLOPT_SSH_KEYDATA, this);
    use(0);
}

bool HostKeyRule::other_kind_may_do(const Outcome& outcome) {
    const bool other_fingerprint = by_fingerprint_ && outcome.trouble == Trouble::host_key_changed;
    if (outcome.trouble != Trouble::handshake && !other_fingerprint)
        return false;
    if (kind_ + 1 >= kinds_.size())
        return false;
    use(kind_ + 1);
    return true;
}

void HostKeyRule::use(std::size_t kind) {
    kind_ = kind;
    file_ = memory_file(kinds_[kind]);
    const std::string path = "/proc/self/fd/" + std::to_string(file_.number());
    handle_.set(CURLOPT_SSH_KNOWNHOSTS, path.c_str());
}

int HostKeyRule::judge(
    CURL*, const curl_khkey*, const curl_khkey*, curl_khmatch match, void* self
) noexcept {
    static_cast<HostKeyRule*>(self)->match_ = match;
    return match == CURLKHMATCH_OK ? CURLKHSTAT_FINE : CURLKHSTAT_REJECT;
}

}  // namespace usagectl::net
