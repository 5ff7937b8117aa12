// SPDX-License-Identifier: MIT
// Text on its way to a person at a terminal: shown as it is when it fits the screen, through a
// pager from the moment it does not.
#pragma once

#include <cstdio>
#include <exception>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

namespace usagectl::cli {

// The person has left the pager: what is still to come interests nobody.
class PagerLeft : public std::exception {};

class Pager {
public:
    // An empty command: everything goes straight to `out`.
    Pager(std::ostream& out, std::string command, int height);

    void write(std::string_view text);  // whole lines
    void finish();                      // waits until the pager is left

private:
    struct Close {
        void operator()(std::FILE* pipe) const { ::pclose(pipe); }
    };
    void send(std::string_view text);

    std::ostream& out_;
    std::string command_;
    std::size_t lines_left_;
    std::string held_;
    std::unique_ptr<std::FILE, Close> pipe_;
};

}  // namespace usagectl::cli
