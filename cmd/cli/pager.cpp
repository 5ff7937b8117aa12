// SPDX-License-Identifier: MIT
#include "cli/pager.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

namespace usagectl::cli {

Pager::Pager(std::ostream& out, std::string command, int height)
    : out_(out)
    , command_(std::move(command))
    , lines_left_(static_cast<std::size_t>(std::max(height, 1))) {}

void Pager::send(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), pipe_.get()) != text.size())
        throw PagerLeft();
}

void Pager::write(std::string_view text) {
    if (command_.empty()) {
        out_ << text;
        return;
    }
    if (pipe_) {
        send(text);
        return;
    }
    held_ += text;
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    if (lines < lines_left_) {
        lines_left_ -= lines;
        return;
    }
    out_.flush();
    pipe_.reset(::popen(command_.c_str(), "we"));
    if (!pipe_)
        command_.clear();  // no pager is no reason to show nothing
    write(std::exchange(held_, {}));
}

void Pager::finish() {
    if (pipe_) {
        if (std::fflush(pipe_.get()) != 0)
            throw PagerLeft();
        pipe_.reset();
    } else {
        out_ << std::exchange(held_, {});
    }
}

}  // namespace usagectl::cli
