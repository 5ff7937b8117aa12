// SPDX-License-Identifier: MIT
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <new>
#include <optional>

#include "input/unpackers.hpp"

namespace usagectl::input {

namespace {

class GzipUnpacker final : public Unpacker {
public:
    explicit GzipUnpacker(PackedBytes& packed)
        : outside_(packed) {
        // 16 added to the window size: a gzip header and trailer, and nothing else.
        if (::inflateInit2(&stream_, MAX_WBITS + 16) != Z_OK)
            throw std::bad_alloc();
        stream_.next_in = reinterpret_cast<Bytef*>(packed_.data());
    }
    ~GzipUnpacker() override { ::inflateEnd(&stream_); }

    Result<bool> next_member(std::string& name) override {
        name.clear();
        return !std::exchange(opened_, true);
    }
    Result<std::size_t> read(char* buffer, std::size_t size) override;

private:
    // Inflates until the output is full or nothing more can come; then ended_ or error_ is set.
    void inflate_some();
    // At least `wanted` bytes of input unless the source ends first.
    bool refill(uInt wanted);
    void begin_next_gzip_member();

    PackedBytes& outside_;
    z_stream stream_{};
    std::array<char, 128 << 10> packed_;
    std::optional<Error> error_;
    bool opened_ = false;
    bool ended_ = false;
};

Result<std::size_t> GzipUnpacker::read(char* buffer, std::size_t size) {
    const std::size_t room = std::min<std::size_t>(size, std::numeric_limits<uInt>::max());
    stream_.next_out = reinterpret_cast<Bytef*>(buffer);
    stream_.avail_out = static_cast<uInt>(room);
    while (stream_.avail_out > 0 && !ended_ && !error_)
        inflate_some();
    const std::size_t given = room - stream_.avail_out;
    if (given == 0 && error_)
        return tl::unexpected(*error_);
    return given;
}

void GzipUnpacker::inflate_some() {
    if (!refill(1)) {
        if (!error_)
            error_ = damaged("it ends too early").value();
        return;
    }
    const int status = ::inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_STREAM_END)
        begin_next_gzip_member();
    else if (status != Z_OK && status != Z_BUF_ERROR)
        error_ = damaged(stream_.msg != nullptr ? stream_.msg : "not a gzip stream").value();
}

bool GzipUnpacker::refill(uInt wanted) {
    if (stream_.avail_in >= wanted)
        return true;
    std::memmove(packed_.data(), stream_.next_in, stream_.avail_in);
    auto got = outside_.read(packed_.data() + stream_.avail_in, packed_.size() - stream_.avail_in);
    if (!got) {
        error_ = got.error();
        return false;
    }
    stream_.next_in = reinterpret_cast<Bytef*>(packed_.data());
    stream_.avail_in += static_cast<uInt>(*got);
    return stream_.avail_in >= wanted;
}

void GzipUnpacker::begin_next_gzip_member() {
    const bool another = refill(2) && stream_.next_in[0] == 0x1f && stream_.next_in[1] == 0x8b;
    if (!another || ::inflateReset(&stream_) != Z_OK)
        ended_ = true;
}

}  // namespace

std::unique_ptr<Unpacker> make_gzip_unpacker(PackedBytes& packed) {
    return std::make_unique<GzipUnpacker>(packed);
}

}  // namespace usagectl::input
