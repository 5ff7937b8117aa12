// SPDX-License-Identifier: MIT
#include "net/folder_checks.hpp"

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include <catch2/catch.hpp>

namespace usagectl::test {
namespace {

std::string names(app::RemoteFolder& folder) {
    std::string text;
    for (const auto& file : folder.list())
        text.append(text.empty() ? "" : "|").append(file.name);
    return text;
}

// A folder with room for a few pages: a file system of this test's own where it may mount one, else
// a limit on the size of files, which says the same a little differently.
class FullDisk {
public:
    static constexpr std::size_t room = 64 << 10;

    FullDisk() {
        std::filesystem::create_directory(path());
        // In a name space of its own the mount ends with the test, whatever happens.
        mounted_ = ::unshare(CLONE_NEWNS) == 0 &&
                   ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                   ::mount("none", path().c_str(), "tmpfs", 0, "size=64k") == 0;
        if (mounted_)
            return;
        std::signal(SIGXFSZ, SIG_IGN);
        limit(room);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() {
        make_room();
        if (mounted_)
            ::umount(path().c_str());
    }

    [[nodiscard]] std::string path(const std::string& name = "") const {
        return scratch_.path("disk") + (name.empty() ? "" : "/" + name);
    }
    void make_room() const {
        if (mounted_)
            ::mount("none", path().c_str(), "tmpfs", MS_REMOUNT, "size=16m");
        else
            limit(RLIM_INFINITY);
    }

private:
    static void limit(rlim_t bytes) {
        rlimit now{};
        ::getrlimit(RLIMIT_FSIZE, &now);
        now.rlim_cur = std::min(bytes, now.rlim_max);
        ::setrlimit(RLIMIT_FSIZE, &now);
    }

    Scratch scratch_;
    bool mounted_ = false;
};

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::string sample(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i)
        text += std::to_string(i) + "\n";
    text.resize(size);
    return text;
}

void check_whole_life(app::RemoteFolder& folder, const Scratch& home, const std::string& missing) {
    CHECK(names(folder).empty());
    const std::string plain = sample(300'000);
    const std::string odd = "a b\"c'd\\e#%$;*.csv;type=i";
    home.write("plain.csv", plain);
    home.write(odd, "odd");
    home.write("empty", "");
    home.write("-rf", "dash");
    home.write("sub/below", "below");
    REQUIRE(::symlink("plain.csv", home.path("link").c_str()) == 0);

    const auto files = folder.list();
    CHECK(names(folder) == "-rf|" + odd + "|empty|plain.csv");
    for (const auto& file : files) {
        CAPTURE(file.name);
        CHECK(file.size == home.read(file.name).size());
        CHECK(file.modified);
    }

    const Scratch here;
    std::vector<std::uint64_t> seen;
    const auto progress = [&seen](std::uint64_t bytes) {
        seen.push_back(bytes);
        return true;
    };
    folder.fetch("plain.csv", here.path("1"), progress);
    CHECK(here.read("1") == plain);
    REQUIRE_FALSE(seen.empty());
    CHECK(seen.back() == plain.size());
    CHECK(std::is_sorted(seen.begin(), seen.end()));
    struct stat status {};
    REQUIRE(::stat(here.path("1").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    folder.fetch(odd, here.path("2"), {});
    CHECK(here.read("2") == "odd");
    folder.fetch("empty", here.path("3"), {});
    CHECK(std::filesystem::file_size(here.path("3")) == 0);
    folder.fetch("-rf", here.path("4"), {});
    CHECK(here.read("4") == "dash");

    folder.move(odd, "done/of today");
    CHECK(home.read("done/of today/" + odd) == "odd");
    folder.move("plain.csv", "done/of today/");
    CHECK(home.read("done/of today/plain.csv") == plain);
    folder.remove("-rf");
    CHECK(names(folder) == "empty");
    CHECK(std::filesystem::exists(home.path("sub/below")));

    CHECK(error_of([&] { folder.remove("none"); }).code == missing);
    CHECK(error_of([&] { folder.move("none", "done"); }).code == missing);
    for (const auto* name : {"../x", "sub/below", "..", "", "a\r\nDELE empty"}) {
        CAPTURE(name);
        CHECK(error_of([&] { folder.remove(name); }).code == "remote_name_refused");
        CHECK(error_of([&] { folder.move(name, "done"); }).code == "remote_name_refused");
        CHECK(error_of([&] {
                  folder.fetch(name, here.path("5"), {});
              }).code == "remote_name_refused");
    }
    CHECK(error_of([&] { folder.move("empty", "../up"); }).code == "remote_folder_malformed");
    CHECK_FALSE(std::filesystem::exists(here.path("5")));
    CHECK(names(folder) == "empty");
}

void check_resume(app::RemoteFolder& folder, const Scratch& home) {
    const std::string whole = sample(2'000'000);
    home.write("big.csv", whole);
    const Scratch here;

    // Stopped by the caller.
    const auto stopped = error_of([&] {
        folder.fetch("big.csv", here.path("part"), [](std::uint64_t bytes) {
            return bytes < 500'000;
        });
    });
    CHECK(stopped.code == "interrupted");
    CHECK(stopped.exit == Exit::interrupted);
    const auto kept = std::filesystem::file_size(here.path("part"));
    CHECK(kept >= 500'000);
    CHECK(kept < whole.size());
    CHECK(stopped.message.find(std::to_string(kept) + " bytes") != std::string::npos);

    // Goes on there, and not from the beginning.
    std::uint64_t first = 0;
    folder.fetch("big.csv", here.path("part"), [&first](std::uint64_t bytes) {
        first = first == 0 ? bytes : first;
        return true;
    });
    CHECK(here.read("part") == whole);
    CHECK(first >= kept);  // the first word may come before the first byte

    // The same again changes nothing.
    folder.fetch("big.csv", here.path("part"), {});
    CHECK(here.read("part") == whole);

    // One byte is missing; one is too many.
    std::filesystem::resize_file(here.path("part"), whole.size() - 1);
    folder.fetch("big.csv", here.path("part"), {});
    CHECK(here.read("part") == whole);
    here.write("part", whole + "x");
    const auto more = error_of([&] { folder.fetch("big.csv", here.path("part"), {}); });
    CHECK(more.code == "resume_refused");
    CHECK(here.read("part") == whole + "x");
}

void check_cut(
    app::RemoteFolder& folder, const Scratch& home, const std::function<void(std::uint64_t)>& hears
) {
    const std::string whole = sample(3'000'000);
    home.write("big.csv", whole);
    const Scratch here;
    const auto progress = [&hears](std::uint64_t bytes) {
        hears(bytes);
        return true;
    };
    const auto cut = error_of([&] { folder.fetch("big.csv", here.path("part"), progress); });
    CHECK(cut.code == "network_cut");
    CHECK(cut.exit == Exit::unavailable);
    CHECK(cut.retryable);
    const auto kept = std::filesystem::file_size(here.path("part"));
    CHECK(kept > 0);
    CHECK(kept < whole.size());
    CHECK(cut.message.find(std::to_string(kept) + " bytes") != std::string::npos);
    CHECK(whole.starts_with(here.read("part")));
    folder.fetch("big.csv", here.path("part"), {});
    CHECK(here.read("part") == whole);
}

void check_many(app::RemoteFolder& folder, const Scratch& home, int count) {
    for (int i = 0; i < count; ++i)
        home.write("f" + std::to_string(i), sample(100));
    const Scratch here;
    const auto files = folder.list();
    REQUIRE(files.size() == static_cast<std::size_t>(count));
    for (const auto& file : files) {
        folder.fetch(file.name, here.path(file.name), {});
        REQUIRE(here.read(file.name) == sample(100));
        folder.move(file.name, "done");
    }
    CHECK(folder.list().empty());
    CHECK(std::filesystem::exists(home.path("done/f0")));
}

void check_full_disk(app::RemoteFolder& folder, const Scratch& home) {
    const std::string whole = sample(1'000'000);
    home.write("big.csv", whole);
    const FullDisk disk;
    const auto full = error_of([&] { folder.fetch("big.csv", disk.path("part"), {}); });
    CHECK(full.code == "disk_full");
    CHECK(full.exit == Exit::unavailable);
    CHECK(full.retryable);
    CHECK(full.message.find(disk.path("part")) != std::string::npos);
    const auto kept = std::filesystem::file_size(disk.path("part"));
    CHECK(kept > 0);
    CHECK(kept <= FullDisk::room);
    CHECK(folder.list().size() == 1);  // the connection is none the worse
    disk.make_room();
    folder.fetch("big.csv", disk.path("part"), {});
    CHECK(read_file(disk.path("part")) == whole);
}

}  // namespace usagectl::test
