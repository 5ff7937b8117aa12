// SPDX-License-Identifier: MIT
#include "cli/descriptor_stream.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <poll.h>
#include <unistd.h>

namespace usagectl::cli {

DescriptorBuffer::DescriptorBuffer(int descriptor)
    : descriptor_(descriptor) {
    setp(buffer_.data(), buffer_.data() + buffer_.size());
}

void DescriptorBuffer::write(const char* text, std::size_t size) {
    // Emptied first: what failed once is not tried again by the next flush.
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    while (size != 0) {
        const auto written = ::write(descriptor_, text, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 && errno == EAGAIN) {
            // Somebody who shares the descriptor made it non-blocking: wait as if nobody had.
            pollfd ready{descriptor_, POLLOUT, 0};
            ::poll(&ready, 1, -1);
            continue;
        }
        if (written < 0) {
            const int reason = errno;
            auto message = "cannot write the output: " + std::generic_category().message(reason);
            if (reason == EPIPE)
                throw OutputClosed("output_failed", std::move(message));
            throw Failure("output_failed", std::move(message));
        }
        text += written;
        size -= static_cast<std::size_t>(written);
    }
}

int DescriptorBuffer::sync() {
    write(pbase(), static_cast<std::size_t>(pptr() - pbase()));
    return 0;
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type c) {
    sync();
    if (!traits_type::eq_int_type(c, traits_type::eof())) {
        *pptr() = traits_type::to_char_type(c);
        pbump(1);
    }
    return traits_type::not_eof(c);
}

std::streamsize DescriptorBuffer::xsputn(const char* text, std::streamsize size) {
    const auto bytes = static_cast<std::size_t>(size);
    if (size > epptr() - pptr())
        sync();
    if (size > epptr() - pptr()) {
        write(text, bytes);
        return size;
    }
    std::memcpy(pptr(), text, bytes);
    pbump(static_cast<int>(size));
    return size;
}

}  // namespace usagectl::cli
