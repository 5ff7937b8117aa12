// SPDX-License-Identifier: MIT
#include "unit/input/samples.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>  // mkdtemp

#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <stdexcept>

namespace usagectl::input {

namespace {

namespace fs = std::filesystem;

void require(int status, struct archive* archive) {
    if (status != ARCHIVE_OK)
        throw std::runtime_error(::archive_error_string(archive));
}

la_ssize_t append(struct archive*, void* out, const void* bytes, std::size_t size) {
    static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

void add_member(struct archive* archive, const std::string& name, std::string_view text) {
    const std::unique_ptr<struct archive_entry, void (*)(struct archive_entry*)> entry(
        ::archive_entry_new(), ::archive_entry_free
    );
    const bool directory = name.ends_with('/');
    ::archive_entry_set_pathname(entry.get(), name.c_str());
    ::archive_entry_set_filetype(entry.get(), directory ? AE_IFDIR : AE_IFREG);
    ::archive_entry_set_perm(entry.get(), 0644);
    ::archive_entry_set_size(entry.get(), static_cast<la_int64_t>(text.size()));
    require(::archive_write_header(archive, entry.get()), archive);
    if (!directory)
        ::archive_write_data(archive, text.data(), text.size());
}

template <class Prepare>
std::string archived(const Members& members, Prepare prepare) {
    std::string out;
    const std::unique_ptr<struct archive, int (*)(struct archive*)> archive(
        ::archive_write_new(), ::archive_write_free
    );
    prepare(archive.get());
    ::archive_write_set_bytes_in_last_block(archive.get(), 1);
    require(::archive_write_open(archive.get(), &out, nullptr, append, nullptr), archive.get());
    for (const auto& [name, text] : members)
        add_member(archive.get(), name, text);
    require(::archive_write_close(archive.get()), archive.get());
    return out;
}

}  // namespace

ScratchDirectory::ScratchDirectory() {
    std::string pattern = (fs::temp_directory_path() / "usagectl-input-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("no scratch directory");
    path_ = pattern;
}

ScratchDirectory::~ScratchDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string ScratchDirectory::write(const std::string& name, std::string_view content) const {
    const fs::path file = fs::path(path_) / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
    return file.string();
}

std::string gzip(std::string_view text) {
    return archived({{"text", std::string(text)}}, [](struct archive* archive) {
        require(::archive_write_set_format_raw(archive), archive);
        require(::archive_write_add_filter_gzip(archive), archive);
    });
}

std::string zstandard(std::string_view text) {
    return archived({{"text", std::string(text)}}, [](struct archive* archive) {
        require(::archive_write_set_format_raw(archive), archive);
        require(::archive_write_add_filter_zstd(archive), archive);
    });
}

std::string zip(const Members& members, const char* password) {
    return archived(members, [password](struct archive* archive) {
        require(::archive_write_set_format_zip(archive), archive);
        if (password != nullptr) {
            require(::archive_write_set_options(archive, "zip:encryption=zipcrypt"), archive);
            require(::archive_write_set_passphrase(archive, password), archive);
        }
    });
}

std::string noise(std::size_t size) {
    std::mt19937_64 random(7);
    std::string bytes(size, '\0');
    for (char& byte : bytes)
        byte = static_cast<char>(random() & 0xff);
    return bytes;
}

Content read_all(Input& input) {
    Content content;
    std::string name;
    std::string buffer(64 << 10, '\0');
    for (;;) {
        const auto member = input.next_member(name);
        if (!member)
            content.error_code = member.error().code;
        if (!member || !*member)
            return content;
        std::string& text = content.members.emplace_back(name, "").second;
        for (;;) {
            const auto got = input.read(buffer.data(), buffer.size());
            if (!got) {
                content.error_code = got.error().code;
                return content;
            }
            if (*got == 0)
                break;
            text.append(buffer, 0, *got);
        }
    }
}

Content read_all(const std::string& path, const ExpansionLimit& limit) {
    auto input = open_file(path, limit);
    if (!input)
        return {{}, input.error().code};
    return read_all(**input);
}

}  // namespace usagectl::input
