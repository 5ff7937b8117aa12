// SPDX-License-Identifier: MIT
#include "net/curl_transfer.hpp"

#include <utility>

#include "net/curl_handle.hpp"
#include "net/curl_host_keys.hpp"
#include "net/curl_outcome.hpp"

namespace usagectl::net {
namespace {

constexpr int http_ok = 200;
constexpr int http_part = 206;
constexpr int http_nothing_there = 416;  // from the offset on

std::string_view scheme_of(Protocol protocol) {
    switch (protocol) {
    case Protocol::ftps_implicit:
        return "ftps";
    case Protocol::ftps_explicit:
        return "ftp";  // CURLUSESSL_ALL: AUTH TLS, or nothing
    case Protocol::sftp:
        return "sftp";
    case Protocol::https:
        break;
    }
    return "https";
}

class CurlTransfer final : public Transfer {
public:
    explicit CurlTransfer(const TransferOptions& options)
        : options_(options)
        , curl_(options_.connection) {
        const std::string scheme(scheme_of(options_.protocol));
        curl_.set(CURLOPT_PROTOCOLS_STR, scheme.c_str());
        base_ = scheme + "://" + options_.host + ":" + std::to_string(options_.port);
        constexpr long buffer = 256 << 10;
        curl_.set(CURLOPT_BUFFERSIZE, buffer);
        if (options_.protocol == Protocol::sftp)
            set_ssh();
        else if (options_.protocol == Protocol::https)
            set_https();
        else
            set_ftp();
    }

    Outcome list(const std::string& folder, bool mlsd, std::string& text) override;
    Outcome fetch(
        const std::string& file,
        std::uint64_t offset,
        const std::function<bool(std::string_view)>& sink
    ) override;
    Outcome command(const std::string& folder, const std::vector<std::string>& lines) override;

private:
    void set_user();
    void set_ssh();
    void set_ftp();
    void set_https();
    [[nodiscard]] bool is_ftp() const {
        return options_.protocol == Protocol::ftps_implicit ||
               options_.protocol == Protocol::ftps_explicit;
    }

    CURLcode run(const std::string& path);
    [[nodiscard]] Outcome read(CURLcode code, int wanted_status) const;
    bool already_whole(std::uint64_t offset) const;
    void log(const std::string& path, const Outcome& outcome) const;

    const TransferOptions options_;
    CurlHandle curl_;  // refers to options_
    std::unique_ptr<HostKeyRule> host_keys_;
    std::string base_;
};

void CurlTransfer::set_user() {
    if (options_.user.empty())
        return;
    curl_.set(CURLOPT_USERNAME, options_.user.c_str());
    curl_.set(CURLOPT_PASSWORD, options_.password.reveal().c_str());
}

void CurlTransfer::set_ssh() {
    if (options_.identity_file) {
        curl_.set(CURLOPT_USERNAME, options_.user.c_str());
        curl_.set(CURLOPT_SSH_AUTH_TYPES, static_cast<long>(CURLSSH_AUTH_PUBLICKEY));
        curl_.set(CURLOPT_SSH_PRIVATE_KEYFILE, options_.identity_file->c_str());
        curl_.set(CURLOPT_KEYPASSWD, options_.password.reveal().c_str());
    } else {
        set_user();
        curl_.set(
            CURLOPT_SSH_AUTH_TYPES, static_cast<long>(CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD)
        );
    }
    host_keys_ = std::make_unique<HostKeyRule>(curl_, options_);
}

void CurlTransfer::set_ftp() {
    set_user();
    curl_.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    curl_.set(CURLOPT_FTPSSLAUTH, static_cast<long>(CURLFTPAUTH_TLS));
    // The folder is gone into once; a file is then named without it, blanks and all.
    curl_.set(CURLOPT_FTP_FILEMETHOD, static_cast<long>(CURLFTPMETHOD_SINGLECWD));
    // The address a server gives for its data is often one behind its firewall.
    curl_.set(CURLOPT_FTP_SKIP_PASV_IP, 1L);
}

void CurlTransfer::set_https() {
    set_user();
    curl_.set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    curl_.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_.set(CURLOPT_FAILONERROR, 1L);
    curl_.on_header([](std::string_view) { return Stop::none; });
}

CURLcode CurlTransfer::run(const std::string& path) {
    const std::string url = base_ + path;
    curl_.set(CURLOPT_URL, url.c_str());
    if (options_.protocol != Protocol::sftp)  // whose servers may well speak unasked
        curl_.set(CURLOPT_FRESH_CONNECT, curl_.unasked_input() ? 1L : 0L);
    for (;;) {
        if (host_keys_)
            host_keys_->reset();
        const CURLcode code = curl_.perform(options_.connection.total);
        if (!host_keys_ || !host_keys_->other_kind_may_do(read(code, 0)))
            return code;
    }
}

Outcome CurlTransfer::read(CURLcode code, int wanted_status) const {
    if (host_keys_)
        return read_sftp(curl_, code, host_keys_->match());
    return is_ftp() ? read_ftp(curl_, code) : read_https(curl_, code, wanted_status);
}

void CurlTransfer::log(const std::string& path, const Outcome& outcome) const {
    if (!options_.connection.log)
        return;
    std::string line = is_ftp() ? "ftps" : std::string(scheme_of(options_.protocol));
    line += " " + options_.host + path;
    if (outcome.status != 0)
        line += " " + std::to_string(outcome.status);
    line += outcome.trouble == Trouble::none ? " done" : " failed";
    options_.connection.log(line + " " + std::to_string(curl_.elapsed_ms()) + " ms");
}

Outcome CurlTransfer::list(const std::string& folder, bool mlsd, std::string& text) {
    text.clear();
    curl_.set(CURLOPT_NOBODY, 0L);
    curl_.on_bytes([&](std::string_view bytes) {
        if (text.size() + bytes.size() > options_.connection.max_answer)
            return Stop::too_large;
        text.append(bytes);
        return Stop::none;
    });
    if (mlsd)
        curl_.set(CURLOPT_CUSTOMREQUEST, "MLSD");
    const CURLcode code = run(folder);
    curl_easy_setopt(curl_.get(), CURLOPT_CUSTOMREQUEST, nullptr);
    curl_.on_bytes({});
    auto outcome = read(code, http_ok);
    // It could go into the folder, so what is missing is the command, or the right to it.
    if (mlsd && code == CURLE_FTP_COULDNT_RETR_FILE && outcome.status >= 500)
        outcome.trouble = Trouble::unsupported;
    log(folder, outcome);
    return outcome;
}

// 416 to a request from `offset` on: "bytes */SIZE" tells whether there is simply nothing after it.
bool CurlTransfer::already_whole(std::uint64_t offset) const {
    curl_header* header = nullptr;
    if (curl_easy_header(curl_.get(), "Content-Range", 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return false;
    const std::string_view range(header->value);
    return range.ends_with("/" + std::to_string(offset));
}

Outcome CurlTransfer::fetch(
    const std::string& file, std::uint64_t offset, const std::function<bool(std::string_view)>& sink
) {
    curl_.set(CURLOPT_NOBODY, 0L);
    curl_.set(CURLOPT_RESUME_FROM_LARGE, static_cast<curl_off_t>(offset));
    const bool https = options_.protocol == Protocol::https;
    const int wanted = offset > 0 ? http_part : http_ok;
    bool other_page = false;
    curl_.on_bytes([&](std::string_view bytes) {
        // The page that comes with a refusal is not the file.
        other_page = https && curl_.status() != wanted;
        return other_page || sink(bytes) ? Stop::none : Stop::sink;
    });
    curl_.on_tick([&] { return sink({}) ? Stop::none : Stop::sink; });
    const auto end = [this] {
        curl_.on_bytes({});
        curl_.on_tick({});
        curl_.set(CURLOPT_RESUME_FROM_LARGE, curl_off_t{0});
    };
    CURLcode code = CURLE_OK;
    try {
        code = run(file);
    } catch (...) {
        end();
        throw;
    }
    end();
    auto outcome = read(code, wanted);
    if (https && outcome.status == http_nothing_there)
        outcome.trouble = already_whole(offset) ? Trouble::none : Trouble::not_resumed;
    // curl leaves a file alone that is as long as there, whether the server can go on or not; and
    // takes a part for one whatever the status.
    if (https && code == CURLE_OK && offset > 0 && outcome.status == http_ok)
        outcome.trouble = other_page ? Trouble::not_resumed : Trouble::none;
    log(file, outcome);
    return outcome;
}

Outcome CurlTransfer::command(const std::string& folder, const std::vector<std::string>& lines) {
    List list;
    for (const auto& line : lines)
        append(list, line);
    // FTP's are said after it went into the folder, SFTP's have full paths and come first.
    const CURLoption when = is_ftp() ? CURLOPT_PREQUOTE : CURLOPT_QUOTE;
    curl_.set(CURLOPT_NOBODY, 1L);
    curl_.set(when, list.get());
    const auto outcome = read(run(folder), http_ok);
    curl_easy_setopt(curl_.get(), when, nullptr);
    log(folder, outcome);
    return outcome;
}

}  // namespace

std::unique_ptr<Transfer> make_curl_transfer(const TransferOptions& options) {
    return std::make_unique<CurlTransfer>(options);
}

}  // namespace usagectl::net
