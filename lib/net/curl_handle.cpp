// SPDX-License-Identifier: MIT
#include "net/curl_handle.hpp"

#include <algorithm>
#include <mutex>
#include <new>
#include <string_view>

#include "base/assert.hpp"
#include "net/curl_outcome.hpp"
#include "net/without_sigpipe.hpp"

namespace usagectl::net {

using std::chrono::milliseconds;

namespace {

void start_library() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
            throw Failure("network_library_failed", "libcurl cannot be started");
    });
}

}  // namespace

void FreeList::operator()(curl_slist* list) const noexcept {
    for (curl_slist* line = list; line != nullptr; line = line->next) {
        for (volatile char* c = line->data; *c != '\0'; ++c)
            *c = '\0';
    }
    curl_slist_free_all(list);
}

void append(List& list, const std::string& line) {
    curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr)
        throw std::bad_alloc();
    static_cast<void>(list.release());
    list.reset(longer);
}

CurlHandle::CurlHandle(const ConnectionOptions& options)
    : options_(options) {
    start_library();
    multi_.reset(curl_multi_init());
    handle_.reset(curl_easy_init());
    if (!multi_ || !handle_)
        throw std::bad_alloc();
    constexpr long kept = 1;
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kept);
    set(CURLOPT_ERRORBUFFER, error_.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    // An empty proxy: without the option curl would ask the environment.
    set(CURLOPT_PROXY, options.proxy.value_or("").c_str());
    set(CURLOPT_NOPROXY, "");
    set(CURLOPT_HTTPPROXYTUNNEL, options.proxy ? 1L : 0L);
    set(CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect.count()));
    set(CURLOPT_USERAGENT, options.user_agent.c_str());
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    if (options.ca_file) {
        for (const auto file : {CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO})
            set(file, options.ca_file->c_str());
        // A null pointer takes the default away; set() is for what has a value.
        for (const auto folder : {CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH})
            curl_easy_setopt(handle_.get(), folder, nullptr);
    }
    set(CURLOPT_WRITEFUNCTION, &CurlHandle::write);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &CurlHandle::header);
    set(CURLOPT_HEADERDATA, this);
    // Answers of a proxy to CONNECT are not the server's.
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &CurlHandle::progress);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_PREREQFUNCTION, &CurlHandle::began);
    set(CURLOPT_PREREQDATA, this);
    sockets_.serve(handle_.get());
}

CurlHandle::~CurlHandle() {
    const WithoutSigpipe guard;  // says QUIT, and ends TLS
    handle_.reset();
    multi_.reset();
}

void CurlHandle::check(CURLcode code) {
    if (code == CURLE_OUT_OF_MEMORY)
        throw std::bad_alloc();
    USAGECTL_ASSERT(code == CURLE_OK);
}

void CurlHandle::on_bytes(std::function<Stop(std::string_view)> take) {
    take_ = std::move(take);
}

CURLcode CurlHandle::perform(milliseconds total) {
    // Without any limit libcurl 7.88 does not wait for the server to close an SFTP file: it asks
    // the socket over and over, and takes from the server the processor it needs to answer.
    constexpr milliseconds for_ever{2'000'000'000};
    const auto limit = total.count() > 0 ? std::min(total, for_ever) : for_ever;
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(limit.count()));
    stop_ = Stop::none;
    thrown_ = nullptr;
    request_began_ = false;
    moved_ = -1;
    moved_at_ = 0;
    error_.fill('\0');
    headers_end_ = false;
    CURLcode code = run();
    if (code == CURLE_OK && take_header_ && !headers_end_)
        code = CURLE_GOT_NOTHING;
    if (thrown_)
        std::rethrow_exception(thrown_);
    if (code == CURLE_OUT_OF_MEMORY)
        throw std::bad_alloc();
    return code;
}

// As curl_easy_perform() does it, but for the waiting.
CURLcode CurlHandle::run() {
    const WithoutSigpipe guard;
    if (curl_multi_add_handle(multi_.get(), handle_.get()) != CURLM_OK)
        throw std::bad_alloc();
    int running = 0;
    while (curl_multi_perform(multi_.get(), &running) == CURLM_OK && running != 0)
        sockets_.wait(multi_.get());
    int left = 0;
    const CURLMsg* const end = curl_multi_info_read(multi_.get(), &left);
    const CURLcode code = end != nullptr ? end->data.result : CURLE_OUT_OF_MEMORY;
    curl_multi_remove_handle(multi_.get(), handle_.get());
    return code;
}

// Gives bytes to a callback of ours; what it throws waits until curl has returned.
std::size_t CurlHandle::hand_over(
    const std::function<Stop(std::string_view)>& take, std::string_view bytes
) noexcept {
    try {
        if (take)
            stop_ = take(bytes);
    } catch (...) {
        thrown_ = std::current_exception();
        return 0;
    }
    return stop_ == Stop::none ? bytes.size() : 0;
}

std::size_t
CurlHandle::write(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
    auto& handle = *static_cast<CurlHandle*>(self);
    return handle.hand_over(handle.take_, {bytes, size * count});
}

std::size_t
CurlHandle::header(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
    auto& handle = *static_cast<CurlHandle*>(self);
    const std::string_view line(bytes, size * count);
    // A 1xx has an end of its own; trailers come after it.
    handle.headers_end_ =
        !line.starts_with("HTTP/") && (handle.headers_end_ || line == "\r\n" || line == "\n");
    return handle.hand_over(handle.take_header_, line);
}

int CurlHandle::progress(
    void* self, curl_off_t, curl_off_t down, curl_off_t, curl_off_t up
) noexcept {
    auto& handle = *static_cast<CurlHandle*>(self);
    try {
        // Asked once more after a transfer was stopped: the first reason stands.
        if (handle.stop_ == Stop::none)
            handle.stop_ = handle.look(down + up);
    } catch (...) {
        handle.thrown_ = std::current_exception();
        return 1;
    }
    return handle.stop_ == Stop::none ? 0 : 1;
}

Stop CurlHandle::look(curl_off_t moved) {
    if (options_.interrupted && options_.interrupted())
        return Stop::interrupted;
    // Answers to commands are headers to curl; they are signs of life as well.
    moved += info<long>(CURLINFO_HEADER_SIZE);
    const auto now = info<curl_off_t>(CURLINFO_TOTAL_TIME_T);
    // Until the connection stands, the limit is that of connecting.
    if (moved != moved_ || !request_began_) {
        moved_ = moved;
        moved_at_ = now;
    }
    const auto limit = std::chrono::microseconds(options_.stall).count();
    if (limit > 0 && now - moved_at_ > limit)
        return Stop::stalled;
    return tick_ ? tick_() : Stop::none;
}

int CurlHandle::began(void* self, char*, char*, int, int) noexcept {
    static_cast<CurlHandle*>(self)->request_began_ = true;
    return CURL_PREREQFUNC_OK;
}

std::int64_t CurlHandle::elapsed_ms() const {
    return info<curl_off_t>(CURLINFO_TOTAL_TIME_T) / 1000;
}

std::string CurlHandle::said() const {
    constexpr std::size_t most = 160;
    return printable(error_.data(), most);
}

}  // namespace usagectl::net
