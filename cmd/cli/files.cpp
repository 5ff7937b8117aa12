// SPDX-License-Identifier: MIT
#include "cli/files.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace usagectl::cli {

namespace {

constexpr std::size_t longest = std::size_t{1} << 20U;

std::string reason(int number) {
    return std::generic_category().message(number);
}

class Descriptor {
public:
    explicit Descriptor(int number)
        : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0)
            ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// A new file beside `target`; its name is left in `name`.
bool write_beside(const std::string& target, std::string_view text, std::string& name) {
    name = target + ".XXXXXX";
    const Descriptor file(::mkostemp(name.data(), O_CLOEXEC));  // made with mode 0600
    if (file.number() < 0) {
        name.clear();
        return false;
    }
    return write_all(file.number(), text) && ::fsync(file.number()) == 0;
}

}  // namespace

Result<std::string> read_small_file(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return refuse(Exit::not_found, "config_missing", "there is no file " + path);
    }
    const auto unreadable = [&path](const std::string& why) {
        return refuse(Exit::unavailable, "config_unreadable", "cannot read " + path + ": " + why);
    };
    if (file.number() < 0)
        return unreadable(reason(errno));
    std::string text;
    std::array<char, 16384> buffer{};
    for (;;) {
        const auto size = ::read(file.number(), buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return unreadable(reason(errno));
        if (size == 0)
            return text;
        text.append(buffer.data(), static_cast<std::size_t>(size));
        if (text.size() > longest)
            return unreadable("it is larger than 1 MiB");
    }
}

Result<void> replace_file(const std::string& path, std::string_view text) {
    std::error_code error;
    const auto target = std::filesystem::weakly_canonical(path, error);
    if (!error)
        std::filesystem::create_directories(target.parent_path(), error);
    std::string temporary;
    if (!error && !write_beside(target.string(), text, temporary)) {
        error = {errno, std::generic_category()};
    }
    if (!error)
        std::filesystem::rename(temporary, target, error);
    if (!error) {
        // The rename is durable once its directory is.
        const Descriptor directory(
            ::open(target.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        );
        if (directory.number() >= 0)
            ::fsync(directory.number());
        return {};
    }
    if (!temporary.empty())
        ::unlink(temporary.c_str());
    return refuse(
        Exit::unavailable,
        "config_unwritable",
        "cannot write " + path + ": " + reason(error.value())
    );
}

}  // namespace usagectl::cli
