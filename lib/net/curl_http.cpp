// SPDX-License-Identifier: MIT
#include "net/curl_http.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "net/curl_handle.hpp"
#include "net/curl_outcome.hpp"
#include "net/curl_target.hpp"

namespace usagectl::net {
namespace {

bool one_line(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c <= '~' &&
               std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
    });
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    const std::size_t end = text.find_last_not_of(blanks);
    return end == std::string_view::npos ? std::string_view() : text.substr(begin, end + 1 - begin);
}

class CurlHttp final : public HttpClient {
public:
    explicit CurlHttp(const ConnectionOptions& options)
        : options_(options)
        , curl_(options_) {
        curl_.set(CURLOPT_PROTOCOLS_STR, "http,https");
        // One request at a time: HTTP/2 would win nothing, and repeats requests by itself.
        curl_.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        curl_.on_header([this](std::string_view line) { return take_header(line); });
        curl_.on_bytes([this](std::string_view bytes) { return take_body(bytes); });
    }

    Answer<HttpResponse> send(const HttpRequest& request) override;

private:
    void prepare(const HttpRequest& request, const HttpTarget& target, List& headers);
    Error error(const HttpRequest& request, const HttpTarget& target, CURLcode code) const;
    void log(const HttpRequest& request, const HttpTarget& target, std::string_view outcome) const;
    Stop take_body(std::string_view bytes);
    Stop take_header(std::string_view line);

    const ConnectionOptions options_;
    CurlHandle curl_;  // refers to options_
    HttpResponse response_;
    std::uint64_t received_ = 0;
};

void CurlHttp::prepare(const HttpRequest& request, const HttpTarget& target, List& headers) {
    USAGECTL_ASSERT(is_token(request.method));
    for (const auto& [name, value] : request.headers) {
        USAGECTL_ASSERT(is_token(name) && one_line(value));
        // Without a value, `Name:` would take curl's own header away instead.
        append(headers, value.empty() ? name + ";" : name + ": " + value);
    }
    for (const auto& [name, value] : request.secret_headers) {
        USAGECTL_ASSERT(is_token(name) && one_line(value.reveal()));
        std::string line;
        line.reserve(name.size() + 2 + value.reveal().size());
        line.append(name).append(": ").append(value.reveal());
        append(headers, line);
        wipe(line);
    }
    append(headers, "Expect:");  // no second of waiting before a long body

    curl_.set(CURLOPT_CURLU, target.url.get());
    const std::string& body = request.body.reveal();
    const bool has_body = !body.empty() || request.method == "POST" || request.method == "PUT" ||
                          request.method == "PATCH";
    curl_.set(CURLOPT_NOBODY, 0L);
    if (has_body) {
        curl_.set(CURLOPT_POST, 1L);
        curl_.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        curl_.set(CURLOPT_POSTFIELDS, body.c_str());
        const bool typed =
            std::any_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
                return lower_case(header.first) == "content-type";
            });
        if (!typed)
            append(headers, "Content-Type:");  // curl would call everything a form
    } else if (request.method == "HEAD") {
        curl_.set(CURLOPT_NOBODY, 1L);
    } else {
        curl_.set(CURLOPT_HTTPGET, 1L);
    }
    curl_.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_.set(CURLOPT_HTTPHEADER, headers.get());
    // The loopback a proxy sees is its own.
    curl_.set(CURLOPT_NOPROXY, target.plain ? "*" : "");
    // See make_http_client(): a kept connection may be dead, and curl then sends again unasked.
    const bool fresh = !request.repeatable || curl_.unasked_input();
    curl_.set(CURLOPT_FRESH_CONNECT, fresh ? 1L : 0L);
}

Answer<HttpResponse> CurlHttp::send(const HttpRequest& request) {
    auto checked = http_target(request.url, options_.allowed_hosts);
    if (!checked)
        return tl::unexpected(NoAnswer{std::move(checked.error()), false});
    List headers;
    prepare(request, *checked, headers);
    response_ = {};
    received_ = 0;
    const auto total =
        options_.total.count() > 0 ? std::min(options_.total, request.total) : request.total;
    const CURLcode code = curl_.perform(total);
    // The body and the headers are the caller's and this function's: curl must not keep them.
    curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, nullptr);
    curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDS, nullptr);
    curl_easy_setopt(curl_.get(), CURLOPT_CURLU, nullptr);

    if (code != CURLE_OK) {
        NoAnswer none{error(request, *checked, code), curl_.request_began()};
        log(request, *checked, none.error.code);
        return tl::unexpected(std::move(none));
    }
    response_.status = static_cast<int>(curl_.status());
    log(request, *checked, std::to_string(response_.status));
    return std::exchange(response_, {});
}

Error CurlHttp::error(const HttpRequest& request, const HttpTarget& target, CURLcode code) const {
    const std::string who =
        (request.label.empty() ? std::string() : request.label + ": ") + target.host + ": ";
    const std::string done = curl_.request_began()
                                 ? "; the request was sent and may have been carried out"
                                 : "; nothing was sent";
    const auto unavailable = [&](const char* name, const std::string& what, std::string hint) {
        return Error{Exit::unavailable, name, who + what + done, std::move(hint), true};
    };
    const std::string why = reason(curl_, code);
    switch (trouble_of(code, curl_.stop())) {
    case Trouble::certificate:
        return Error{
            Exit::refused,
            "certificate_refused",
            who + "its certificate is refused: " + why + done,
            certificate_cure(curl_, code)};
    case Trouble::too_large:
        return Error{
            Exit::unavailable,
            "answer_too_large",
            who + "the answer is longer than " + std::to_string(options_.max_answer) + " bytes" +
                done,
            "ask for less at once"};
    case Trouble::interrupted:
        return Error{Exit::interrupted, "interrupted", who + "interrupted" + done};
    case Trouble::unreachable:
        return unavailable(
            "network_unreachable", why, "check the address, the network and the proxy"
        );
    case Trouble::timeout:
        return unavailable("network_timeout", why, "try again later, or allow more time");
    default:
        return unavailable("network_cut", why, "try again later");
    }
}

void CurlHttp::log(const HttpRequest& request, const HttpTarget& target, std::string_view outcome)
    const {
    if (!options_.log)
        return;
    std::string line = request.label.empty() ? std::string() : request.label + ": ";
    line.append(request.method).append(" ").append(target.shown).append(" ").append(outcome);
    line.append(" ").append(std::to_string(curl_.elapsed_ms())).append(" ms");
    for (const char* name :
         {"x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id"}) {
        if (const auto id = response_.header(name); !id.empty()) {
            line.append(" request id ").append(printable(id, 64));
            break;
        }
    }
    options_.log(std::move(line));
}

Stop CurlHttp::take_body(std::string_view bytes) {
    received_ += bytes.size();
    if (received_ > options_.max_answer)
        return Stop::too_large;
    response_.body.append(bytes);
    return Stop::none;
}

Stop CurlHttp::take_header(std::string_view line) {
    received_ += line.size();
    if (received_ > options_.max_answer)
        return Stop::too_large;
    if (line.starts_with("HTTP/")) {
        response_.headers.clear();  // what came before was a 1xx
    } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
        response_.headers.emplace_back(
            lower_case(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1))
        );
    }
    return Stop::none;
}

}  // namespace

std::unique_ptr<HttpClient> make_curl_http(const ConnectionOptions& options) {
    return std::make_unique<CurlHttp>(options);
}

}  // namespace usagectl::net
