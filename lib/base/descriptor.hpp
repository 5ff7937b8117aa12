// SPDX-License-Identifier: MIT
// An open file descriptor, closed when its owner goes.
#pragma once

#include <unistd.h>

#include <utility>

namespace usagectl {

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number)
        : number_(number) {}
    Descriptor(Descriptor&& other) noexcept
        : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        reset(std::exchange(other.number_, -1));
        return *this;
    }
    ~Descriptor() { reset(-1); }

    void reset(int number) {
        if (number_ >= 0)
            ::close(number_);
        number_ = number;
    }
    [[nodiscard]] int number() const { return number_; }  // below 0: none

private:
    int number_ = -1;
};

}  // namespace usagectl
