// SPDX-License-Identifier: MIT
// A program run by a test, ended by its id at the latest when the test ends.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "net/socket.hpp"

namespace usagectl::test {

class Child {
public:
    // What it writes goes into `log`, or nowhere; its errors too, unless they have a file of their
    // own. The program is looked for on the path.
    explicit Child(
        const std::vector<std::string>& words,
        const std::string& log = "/dev/null",
        const std::string& errors = {}
    );
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child();

    // Its exit status; 128 and the number when a signal ended it.
    int wait();
    [[nodiscard]] bool alive() const;
    // True when it has ended by then.
    [[nodiscard]] bool ends_within(std::chrono::milliseconds time) const;
    void kill();
    // Returns when something listens at the port of 127.0.0.1; throws, with what the program said,
    // when it ends first, or nothing listens within ten seconds.
    void wait_for_port(int port);

private:
    [[noreturn]] void failed(const std::string& what) const;

    std::string name_;
    std::string log_;
    pid_t id_ = -1;
    Socket ended_;  // readable when it has
};

}  // namespace usagectl::test
