// SPDX-License-Identifier: MIT
// What requests and files have in common inside module "net": one easy handle with the rules of
// ConnectionOptions set, and one way to run it. How it ended is read by curl_outcome.hpp.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>

#include <curl/curl.h>

#include "net/connection.hpp"
#include "net/curl_sockets.hpp"

namespace usagectl::net {

struct FreeList {
    // Headers may hold secrets: each line is overwritten first.
    void operator()(curl_slist* list) const noexcept;
};
using List = std::unique_ptr<curl_slist, FreeList>;
void append(List& list, const std::string& line);

// Why a callback of ours ended the transfer; curl itself only knows that one did.
enum class Stop { none, too_large, stalled, interrupted, sink };

class CurlHandle {
public:
    explicit CurlHandle(const ConnectionOptions& options);
    CurlHandle(const CurlHandle&) = delete;
    CurlHandle& operator=(const CurlHandle&) = delete;
    ~CurlHandle();

    [[nodiscard]] CURL* get() const { return handle_.get(); }

    template <class Value>
    void set(CURLoption option, Value value) {
        check(curl_easy_setopt(handle_.get(), option, value));
    }
    template <class Value>
    [[nodiscard]] Value info(CURLINFO name) const {
        Value value{};
        curl_easy_getinfo(handle_.get(), name, &value);
        return value;
    }

    // Runs what is set. `total` as in ConnectionOptions. What a callback threw is thrown here.
    CURLcode perform(std::chrono::milliseconds total);
    // `take` gets the bytes that come; see Stop for what it may answer. `tick` about once a second.
    void on_bytes(std::function<Stop(std::string_view)> take);
    void on_tick(std::function<Stop()> tick) { tick_ = std::move(tick); }
    // HTTP: `take` gets each line of the headers. With it, a connection that ends within them is
    // CURLE_GOT_NOTHING; for curl that is an answer.
    void on_header(std::function<Stop(std::string_view)> take) { take_header_ = std::move(take); }

    [[nodiscard]] Stop stop() const { return stop_; }
    // Whether the request itself began to be sent: a connection stood, with TLS where it should.
    [[nodiscard]] bool request_began() const { return request_began_; }
    // Whether something came over the connection kept since its last transfer ended: its end, or
    // an answer that nobody asked for and the next request must not take for its own.
    [[nodiscard]] bool unasked_input() const { return sockets_.input(); }
    [[nodiscard]] std::int64_t elapsed_ms() const;
    [[nodiscard]] int status() const {
        return static_cast<int>(info<long>(CURLINFO_RESPONSE_CODE));
    }
    [[nodiscard]] const ConnectionOptions& options() const { return options_; }
    // What curl says happened: printable, cut. Only for errors of connection, TLS and SSH, where
    // it can hold nothing of ours.
    [[nodiscard]] std::string said() const;

private:
    static void check(CURLcode code);
    static std::size_t write(char* bytes, std::size_t size, std::size_t count, void* self) noexcept;
    static std::size_t
    header(char* bytes, std::size_t size, std::size_t count, void* self) noexcept;
    static int
    progress(void* self, curl_off_t, curl_off_t down, curl_off_t, curl_off_t up) noexcept;
    static int began(void* self, char*, char*, int, int) noexcept;
    CURLcode run();
    std::size_t
    hand_over(const std::function<Stop(std::string_view)>& take, std::string_view bytes) noexcept;
    Stop look(curl_off_t moved);

    struct FreeHandle {
        void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
    };
    struct FreeMulti {
        void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
    };
    CurlSockets sockets_;
    std::unique_ptr<CURLM, FreeMulti> multi_;  // keeps the connection
    std::unique_ptr<CURL, FreeHandle> handle_;
    const ConnectionOptions& options_;
    std::array<char, CURL_ERROR_SIZE> error_{};
    std::function<Stop(std::string_view)> take_;
    std::function<Stop()> tick_;
    std::function<Stop(std::string_view)> take_header_;
    bool headers_end_ = false;
    std::exception_ptr thrown_;
    Stop stop_ = Stop::none;
    bool request_began_ = false;
    curl_off_t moved_ = 0;     // bytes, at the last look
    curl_off_t moved_at_ = 0;  // microseconds of this transfer, when that last changed
};

}  // namespace usagectl::net
