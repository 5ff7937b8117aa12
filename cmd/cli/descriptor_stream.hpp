// SPDX-License-Identifier: MIT
// An output stream on a file descriptor, with one large buffer. What cannot be written is thrown:
// Failure `output_failed`, or OutputClosed when the reader is gone.
#pragma once

#include <array>
#include <ostream>
#include <streambuf>

#include "base/error.hpp"

namespace usagectl::cli {

class OutputClosed : public Failure {
public:
    using Failure::Failure;
};

class DescriptorBuffer final : public std::streambuf {
public:
    explicit DescriptorBuffer(int descriptor);

protected:
    int_type overflow(int_type c) override;
    std::streamsize xsputn(const char* text, std::streamsize size) override;
    int sync() override;

private:
    void write(const char* text, std::size_t size);

    int descriptor_;
    std::array<char, 65536> buffer_;
};

class DescriptorStream final : public std::ostream {
public:
    explicit DescriptorStream(int descriptor)
        : std::ostream(nullptr)
        , buffer_(descriptor) {
        rdbuf(&buffer_);
        exceptions(std::ios::badbit);  // let the buffer's exception through
    }

private:
    DescriptorBuffer buffer_;
};

}  // namespace usagectl::cli
