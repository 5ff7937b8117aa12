// SPDX-License-Identifier: MIT
// The door of the archive module, opened by base/module.hpp.
#include "input/unpackers.hpp"

extern "C" __attribute__((visibility("default"))) usagectl::input::Unpacker*
usagectl_unpacker(usagectl::input::PackedBytes& packed, usagectl::input::Packing packing) {
    using namespace usagectl::input;
    if (packing == Packing::gzip)
        return make_gzip_unpacker(packed).release();
    return make_libarchive_unpacker(packed, packing).release();
}
