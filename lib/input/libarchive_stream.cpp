// SPDX-License-Identifier: MIT
#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <optional>

#include "input/unpackers.hpp"

namespace usagectl::input {

namespace {

// A name out of an archive is only ever printed: control characters must not reach a terminal.
std::string printable(const char* name) {
    std::string text = name == nullptr ? "" : name;
    for (char& character : text) {
        if (static_cast<unsigned char>(character) < 0x20 || character == 0x7f)
            character = '?';
    }
    return text;
}

// The copies of file attributes that macOS adds, and hidden files, hold no readings.
bool is_hidden(std::string_view name) {
    const std::size_t slash = name.rfind('/');
    const auto base = slash == std::string_view::npos ? name : name.substr(slash + 1);
    return base.starts_with('.') || name.starts_with("__MACOSX/");
}

class LibarchiveUnpacker final : public Unpacker {
public:
    LibarchiveUnpacker(PackedBytes& packed, Packing packing)
        : outside_(packed)
        , packing_(packing)
        , archive_(::archive_read_new()) {
        if (!archive_)
            throw std::bad_alloc();
        if (packing == Packing::zip) {
            ::archive_read_support_format_zip(archive_.get());
        } else {
            ::archive_read_support_filter_zstd(archive_.get());
            ::archive_read_support_format_raw(archive_.get());
        }
        ::archive_read_set_callback_data(archive_.get(), this);
        ::archive_read_set_read_callback(archive_.get(), give);
        // With a seek callback the zip reader trusts the directory at the end, as every unpacker
        // does; without one (a pipe) it takes the members as they come.
        if (packed.size())
            ::archive_read_set_seek_callback(archive_.get(), seek);
    }

    Result<bool> next_member(std::string& name) override;
    Result<std::size_t> read(char* buffer, std::size_t size) override;

private:
    struct Free {
        void operator()(struct archive* archive) const { ::archive_read_free(archive); }
    };
    static la_ssize_t give(struct archive* archive, void* self, const void** bytes);
    static la_int64_t seek(struct archive* archive, void* self, la_int64_t offset, int whence);

    [[nodiscard]] Result<bool> open();
    [[nodiscard]] tl::unexpected<Error> problem() const;
    [[nodiscard]] static bool holds_data(struct archive_entry* entry);

    PackedBytes& outside_;
    Packing packing_;
    std::unique_ptr<struct archive, Free> archive_;
    std::array<char, 128 << 10> packed_;
    std::optional<Error> outside_error_;
    std::string member_;
    std::string_view block_;  // unpacked and not yet given
    bool opened_ = false;
};

la_ssize_t LibarchiveUnpacker::give(struct archive* archive, void* self, const void** bytes) {
    auto& unpacker = *static_cast<LibarchiveUnpacker*>(self);
    auto got = unpacker.outside_.read(unpacker.packed_.data(), unpacker.packed_.size());
    if (!got) {
        ::archive_set_error(archive, EIO, "%s", got.error().message.c_str());
        unpacker.outside_error_ = got.error();
        return ARCHIVE_FATAL;
    }
    *bytes = unpacker.packed_.data();
    return static_cast<la_ssize_t>(*got);
}

la_int64_t LibarchiveUnpacker::seek(struct archive*, void* self, la_int64_t offset, int whence) {
    PackedBytes& outside = static_cast<LibarchiveUnpacker*>(self)->outside_;
    const auto size = static_cast<la_int64_t>(outside.size().value_or(0));
    la_int64_t base = 0;
    if (whence == SEEK_CUR)
        base = static_cast<la_int64_t>(outside.position());
    else if (whence == SEEK_END)
        base = size;
    // The offset may come from a forged directory.
    if (offset < -base || offset > size - base)
        return ARCHIVE_FATAL;
    outside.seek(static_cast<std::uint64_t>(base + offset));
    return base + offset;
}

tl::unexpected<Error> LibarchiveUnpacker::problem() const {
    if (outside_error_)
        return tl::unexpected(*outside_error_);
    const char* const text = ::archive_error_string(archive_.get());
    const std::string why = printable(text == nullptr ? "unknown error" : text);
    return damaged(member_.empty() ? why : member_ + ": " + why);
}

Result<bool> LibarchiveUnpacker::open() {
    opened_ = true;
    if (::archive_read_open1(archive_.get()) != ARCHIVE_OK)
        return problem();
    return true;
}

bool LibarchiveUnpacker::holds_data(struct archive_entry* entry) {
    const auto type = ::archive_entry_filetype(entry);
    return type == AE_IFREG || type == 0;
}

Result<bool> LibarchiveUnpacker::next_member(std::string& name) {
    if (!opened_) {
        if (auto opened = open(); !opened)
            return opened;
    }
    for (;;) {
        struct archive_entry* entry = nullptr;
        member_.clear();
        block_ = {};
        const int status = ::archive_read_next_header(archive_.get(), &entry);
        if (status == ARCHIVE_EOF)
            return false;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return problem();
        if (packing_ != Packing::zip) {
            name.clear();
            return true;
        }
        const char* const path = ::archive_entry_pathname(entry);
        member_ = printable(path != nullptr ? path : ::archive_entry_pathname_utf8(entry));
        if (!holds_data(entry) || is_hidden(member_))
            continue;
        if (::archive_entry_is_encrypted(entry) != 0) {
            return refuse(
                Exit::rejected,
                "archive_encrypted",
                "the archive is encrypted: " + member_,
                "decrypt it first; usagectl takes no passwords"
            );
        }
        name = member_;
        return true;
    }
}

Result<std::size_t> LibarchiveUnpacker::read(char* buffer, std::size_t size) {
    // By blocks: archive_read_data would forget what it had copied when it meets damage.
    while (block_.empty()) {
        const void* bytes = nullptr;
        std::size_t length = 0;
        la_int64_t offset = 0;
        const int status = ::archive_read_data_block(archive_.get(), &bytes, &length, &offset);
        if (status == ARCHIVE_EOF)
            return 0;
        if (status != ARCHIVE_OK)
            return problem();
        block_ = {static_cast<const char*>(bytes), length};
    }
    const std::size_t given = std::min(size, block_.size());
    std::memcpy(buffer, block_.data(), given);
    block_.remove_prefix(given);
    return given;
}

}  // namespace

std::unique_ptr<Unpacker> make_libarchive_unpacker(PackedBytes& packed, Packing packing) {
    return std::make_unique<LibarchiveUnpacker>(packed, packing);
}

}  // namespace usagectl::input
