// SPDX-License-Identifier: MIT
#include "cli/output_file.hpp"

#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace usagectl::cli {

OutputFile::OutputFile(std::string path)
    : path_(std::move(path)) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor_ < 0)
        fail();
}

OutputFile::~OutputFile() {
    if (descriptor_ < 0)
        return;
    struct stat about {};
    const bool plain = ::fstat(descriptor_, &about) == 0 && S_ISREG(about.st_mode);
    ::close(descriptor_);
    if (plain)
        ::unlink(path_.c_str());
}

void OutputFile::write(std::string_view text) {
    while (!text.empty()) {
        const auto wrote = ::write(descriptor_, text.data(), text.size());
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            fail();
        text.remove_prefix(static_cast<std::size_t>(wrote));
        bytes_ += static_cast<std::uint64_t>(wrote);
    }
}

void OutputFile::finish() {
    const int closed = ::close(descriptor_);
    descriptor_ = -1;
    if (closed != 0)
        fail();
}

void OutputFile::fail() const {
    throw OutputFailure("file_not_written", "cannot write " + path_ + ": " + std::strerror(errno));
}

void write_whole(const std::string& path, const std::function<void(OutputFile&)>& fill) {
    const auto part = path + ".part";
    OutputFile file(part);
    fill(file);
    file.finish();
    std::error_code wrong;
    std::filesystem::rename(part, path, wrong);
    if (!wrong)
        return;
    const auto reason = wrong.message();
    std::filesystem::remove(part, wrong);
    throw OutputFailure(
        "output_failed", "cannot write " + path + ": " + reason, "name another file"
    );
}

}  // namespace usagectl::cli
