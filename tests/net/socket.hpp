// SPDX-License-Identifier: MIT
// Sockets on 127.0.0.1.
#pragma once

#include <string>
#include <string_view>

namespace usagectl::test {

class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor)
        : descriptor_(descriptor) {}
    Socket(Socket&& other) noexcept
        : descriptor_(other.release()) {}
    Socket& operator=(Socket&& other) noexcept {
        close();
        descriptor_ = other.release();
        return *this;
    }
    ~Socket() { close(); }

    [[nodiscard]] int get() const { return descriptor_; }
    void close();
    // Wakes whoever waits for it, in another thread.
    void shut_down() const;
    // Everything, or until the other end is gone.
    void write(std::string_view bytes) const;
    // At most what is there; empty at the end.
    [[nodiscard]] std::string read() const;

private:
    int release();
    int descriptor_ = -1;
};

// Listens at a port of the kernel's choice.
[[nodiscard]] Socket listen_anywhere(int& port);
[[nodiscard]] Socket accept_from(const Socket& listener);  // get() < 0: it was shut down
[[nodiscard]] Socket connect_to(int port);
[[nodiscard]] bool can_connect(int port);

// A port nobody listens at and nobody is given, but who asks for it by number, as servers do
// (SO_REUSEADDR): it cannot become another test's between being found and being used.
class HeldPort {
public:
    HeldPort();
    [[nodiscard]] int number() const { return number_; }

private:
    Socket socket_;
    int number_ = 0;
};

}  // namespace usagectl::test
