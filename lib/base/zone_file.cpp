// SPDX-License-Identifier: MIT
#include "base/zone_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"

namespace usagectl {

namespace {

constexpr std::string_view magic = "TZif";
constexpr std::size_t header_bytes = 44;
constexpr std::size_t counts_at = 20;
// The largest file of the database has less than 4 kB.
constexpr std::size_t most_bytes = 1 << 20;

// Big-endian numbers, taken from the front.
class Bytes {
public:
    explicit Bytes(std::string_view bytes)
        : bytes_(bytes) {}

    [[nodiscard]] std::optional<std::string_view> take(std::size_t size) {
        if (size > bytes_.size())
            return std::nullopt;
        const auto part = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return part;
    }
    [[nodiscard]] std::string_view rest() const { return bytes_; }

private:
    std::string_view bytes_;
};

std::int64_t number(std::string_view bytes) {
    std::uint64_t bits = 0;
    for (const char byte : bytes)
        bits = (bits << 8) | static_cast<unsigned char>(byte);
    if (bytes.size() == 4)
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(bits));
    return static_cast<std::int64_t>(bits);
}

// The six counts of a header, in the order they stand there.
struct Header {
    char version = 0;
    std::size_t universal = 0;
    std::size_t standard = 0;
    std::size_t leaps = 0;
    std::size_t times = 0;
    std::size_t types = 0;
    std::size_t letters = 0;

    // How long the data behind it is, with times of so many bytes.
    [[nodiscard]] std::size_t data_bytes(std::size_t time) const {
        return times * (time + 1) + types * 6 + letters + leaps * (time + 4) + standard + universal;
    }
};

std::optional<Header> take_header(Bytes& bytes) {
    const auto taken = bytes.take(header_bytes);
    if (!taken || taken->substr(0, magic.size()) != magic)
        return std::nullopt;
    Header header;
    header.version = (*taken)[magic.size()];
    std::size_t at = counts_at;
    for (auto* count :
         {&header.universal,
          &header.standard,
          &header.leaps,
          &header.times,
          &header.types,
          &header.letters}) {
        const auto found = number(taken->substr(at, 4));
        if (found < 0 || found > static_cast<std::int64_t>(most_bytes))
            return std::nullopt;
        *count = static_cast<std::size_t>(found);
        at += 4;
    }
    return header;
}

bool read_pieces(std::string_view data, const Header& header, ZoneFile& file) {
    const auto times = data.substr(0, header.times * 8);
    const auto kinds = data.substr(header.times * 8, header.times);
    const auto types = data.substr(header.times * 9, header.types * 6);
    const auto piece = [&](std::int64_t at, std::size_t type) {
        const auto taken = types.substr(type * 6, 6);
        return ZoneFile::Piece{
            at, static_cast<std::int32_t>(number(taken.substr(0, 4))), taken[4] != 0};
    };
    if (header.types == 0)
        return false;
    file.first = piece(0, 0);
    for (std::size_t i = 0; i < header.times; ++i) {
        const auto type = static_cast<unsigned char>(kinds[i]);
        const auto at = number(times.substr(i * 8, 8));
        if (type >= header.types || (!file.pieces.empty() && at <= file.pieces.back().at))
            return false;
        file.pieces.push_back(piece(at, type));
    }
    return true;
}

[[noreturn]] void unreadable(const std::string& path, const std::string& why) {
    throw Failure(
        "timezone_database_unreadable",
        "the time zone database cannot be read: " + path + ": " + why,
        "install the package tzdata again"
    );
}

}  // namespace

bool is_zone_name(std::string_view name) {
    const bool sound =
        !name.empty() && name.size() <= 64 && name.front() != '/' && name.back() != '/' &&
        name.find("//") == std::string_view::npos && std::ranges::all_of(name, [](char c) {
            return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                   c == '/' || c == '_' || c == '-' || c == '+';
        });
    return sound && !name.starts_with("posix/") && !name.starts_with("right/");
}

std::optional<ZoneFile> parse_zone_file(std::string_view content) {
    Bytes bytes(content);
    const auto old = take_header(bytes);
    if (!old || old->version < '2' || !bytes.take(old->data_bytes(4)))
        return std::nullopt;
    const auto header = take_header(bytes);
    const auto data = header ? bytes.take(header->data_bytes(8)) : std::nullopt;
    ZoneFile file;
    if (!data || !read_pieces(*data, *header, file))
        return std::nullopt;
    const auto footer = bytes.rest();
    if (footer.size() < 2 || footer.front() != '\n' || footer.back() != '\n')
        return std::nullopt;
    file.rule = footer.substr(1, footer.size() - 2);
    return file;
}

std::optional<ZoneFile> read_zone_file(const std::string& name) {
    const auto path = "/usr/share/zoneinfo/" + name;
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return std::nullopt;
        unreadable(path, "it cannot be opened");
    }
    struct stat status {};
    std::string content;
    const bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    std::array<char, 8192> buffer{};
    ssize_t got = regular ? 1 : 0;
    while (got > 0 && content.size() < most_bytes) {
        got = ::read(descriptor, buffer.data(), buffer.size());
        if (got > 0)
            content.append(buffer.data(), static_cast<std::size_t>(got));
    }
    ::close(descriptor);
    if (got < 0)
        unreadable(path, "reading it fails");
    // A directory, or a list of the database's: no zone.
    if (!regular || !content.starts_with(magic))
        return std::nullopt;
    auto file = parse_zone_file(content);
    if (!file)
        unreadable(path, "it is damaged");
    return file;
}

}  // namespace usagectl
