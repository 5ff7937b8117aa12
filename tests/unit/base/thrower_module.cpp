// SPDX-License-Identifier: MIT
#include "base/assert.hpp"
#include "base/error.hpp"

extern "C" {

void throw_failure() {
    throw usagectl::Failure("disk_full", "no room left", "make room", true);
}

void throw_bug() {
    throw usagectl::Bug("cannot be");
}
}
