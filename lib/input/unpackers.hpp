// SPDX-License-Identifier: MIT
// The two unpackers inside the archive module, and what they say of damaged bytes.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "input/unpacker.hpp"

namespace usagectl::input {

// .gz, by zlib: it checks length and CRC-32 of every gzip member, which libarchive 3.6 does not,
// and gives every byte before the damage. Members one after another are one stream (RFC 1952
// section 2.2); bytes after the last one are ignored, as gzip(1) does.
[[nodiscard]] std::unique_ptr<Unpacker> make_gzip_unpacker(PackedBytes& packed);

// .zip and .zst, by libarchive.
[[nodiscard]] std::unique_ptr<Unpacker>
make_libarchive_unpacker(PackedBytes& packed, Packing packing);

[[nodiscard]] inline tl::unexpected<Error> damaged(std::string_view why) {
    return refuse(
        Exit::rejected,
        "archive_damaged",
        "the compressed input is damaged: " + std::string(why),
        "what came before the damage was read; fetch the file again"
    );
}

}  // namespace usagectl::input
