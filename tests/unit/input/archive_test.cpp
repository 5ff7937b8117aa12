// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

#include "unit/input/samples.hpp"

using namespace usagectl;
using namespace usagectl::input;

namespace {

// The content of an archive read from a file, and through a pipe, where nothing can be read twice.
Content unpack(const std::string& archive, const ExpansionLimit& limit = {}) {
    const ScratchDirectory scratch;
    return read_all(scratch.write("archive", archive), limit);
}

Content unpack_from_pipe(const std::string& archive) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    std::thread writer([&] {
        const ssize_t written = ::write(ends[1], archive.data(), archive.size());
        static_cast<void>(written);
        ::close(ends[1]);
    });
    auto input = open_descriptor(ends[0], {});
    Content content;
    if (input)
        content = read_all(**input);
    writer.join();
    ::close(ends[0]);
    return content;
}

std::string lines(int count) {
    std::string text;
    for (int line = 0; line < count; ++line)
        text += "300,20040201," + std::to_string(line * 7919) + "\n";
    return text;
}

}  // namespace

TEST_CASE("compressed input is told by its content and gives its plain bytes") {
    const std::string text = lines(2000);
    CHECK(unpack(gzip(text)).members == Members{{"", text}});
    CHECK(unpack(zstandard(text)).members == Members{{"", text}});
    CHECK(unpack(zip({{"a.csv", text}})).members == Members{{"a.csv", text}});
    CHECK(unpack_from_pipe(gzip(text)).members == Members{{"", text}});
    CHECK(unpack_from_pipe(zstandard(text)).members == Members{{"", text}});
    CHECK(unpack_from_pipe(zip({{"a.csv", text}})).members == Members{{"a.csv", text}});
}

TEST_CASE("the members of a zip come one after another, directories and hidden files left out") {
    const Members packed{
        {"data/", ""},
        {"data/one.csv", "1\n"},
        {"__MACOSX/data/._one.csv", "resource fork"},
        {"data/.hidden", "x"},
        {"../../etc/two\x1b[2J.csv", "2\n"},
    };
    const Members expected{{"data/one.csv", "1\n"}, {"../../etc/two?[2J.csv", "2\n"}};
    CHECK(unpack(zip(packed)).members == expected);
    CHECK(unpack_from_pipe(zip(packed)).members == expected);
}

TEST_CASE("a member may be left before its end") {
    const ScratchDirectory scratch;
    auto input = open_file(scratch.write("z", zip({{"a", lines(5000)}, {"b", "second"}})), {});
    REQUIRE(input);
    std::string name;
    char buffer[6];
    REQUIRE((*input)->next_member(name).value());
    CHECK((*input)->read(buffer, 6).value() == 6);
    REQUIRE((*input)->next_member(name).value());
    CHECK(name == "b");
    CHECK((*input)->read(buffer, 6).value() == 6);
    CHECK(std::string(buffer, 6) == "second");
    CHECK_FALSE((*input)->next_member(name).value());
}

TEST_CASE("an empty archive has no members or an empty one") {
    CHECK(unpack(gzip("")).members == Members{{"", ""}});
    CHECK(unpack(zip({})).members.empty());
    CHECK(unpack(zip({})).error_code.empty());
    CHECK(unpack(zip({{"empty.csv", ""}})).members == Members{{"empty.csv", ""}});
}

TEST_CASE("gzip members one after another are one text, and what follows the last is ignored") {
    const std::string two = gzip("one\n") + gzip("two\n");
    CHECK(unpack(two).members == Members{{"", "one\ntwo\n"}});
    CHECK(unpack(two + std::string(600, '\0')).members == Members{{"", "one\ntwo\n"}});
    CHECK(unpack(two + "garbage").error_code.empty());
}

TEST_CASE("a truncated gzip gives every byte before the cut and then the error") {
    const std::string text = noise(100'000);
    const std::string whole = gzip(text);
    for (const std::size_t size : {whole.size() - 1, whole.size() - 8, whole.size() / 2}) {
        const Content content = unpack(whole.substr(0, size));
        CHECK(content.error_code == "archive_damaged");
        REQUIRE(content.members.size() == 1);
        CHECK(content.members[0].second.size() + 40'000 > size);
        CHECK(text.starts_with(content.members[0].second));
    }
    CHECK(unpack(whole.substr(0, 5)).error_code == "archive_damaged");
}

TEST_CASE("a flipped bit anywhere in a packed text is damage, never another text") {
    const std::string text = lines(40);
    for (const std::string& whole : {gzip(text), zip({{"a", text}})}) {
        for (std::size_t at = 10; at < whole.size(); ++at) {
            std::string flipped = whole;
            flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
            const Content content = unpack(flipped);
            CAPTURE(at);
            if (content.error_code.empty() && !content.members.empty())
                CHECK(content.members[0].second == text);
        }
    }
}

TEST_CASE("truncated zip and zstandard inputs are damaged") {
    const std::string text = noise(400'000);
    const std::string zipped = zip({{"a", text}});
    CHECK(unpack(zipped.substr(0, zipped.size() / 2)).error_code == "archive_damaged");
    const std::string packed = zstandard(text);
    const Content content = unpack(packed.substr(0, packed.size() / 2));
    CHECK(content.error_code == "archive_damaged");
    REQUIRE(content.members.size() == 1);
    CHECK(text.starts_with(content.members[0].second));
}

TEST_CASE("a signature with nonsense behind it is damaged") {
    const std::string signatures[] = {"\x1f\x8b", "\x28\xb5\x2f\xfd", "PK\x03\x04"};
    for (const std::string& signature : signatures)
        CHECK(unpack(signature + noise(5000)).error_code == "archive_damaged");
}

TEST_CASE("a decompression bomb is stopped at its limits") {
    const std::string zeros(8 << 20, '\0');
    const ExpansionLimit strict{100, 1 << 20, 1ULL << 40};
    const ExpansionLimit small{100'000, 1 << 20, 2 << 20};
    for (const std::string& bomb : {gzip(zeros), zstandard(zeros), zip({{"a", zeros}})}) {
        CHECK(unpack(bomb, strict).error_code == "archive_too_large");
        CHECK(unpack(bomb, small).error_code == "archive_too_large");
        CHECK(unpack(bomb, strict).members[0].second.size() < (3 << 20));
        CHECK(unpack(bomb).error_code.empty());  // 8 MiB are free
    }
}

TEST_CASE("many small members add up against the limit") {
    Members members;
    for (int member = 0; member < 64; ++member)
        members.emplace_back("m" + std::to_string(member), std::string(128 << 10, '\0'));
    CHECK(unpack(zip(members), {100, 1 << 20, 1ULL << 40}).error_code == "archive_too_large");
}

TEST_CASE("an encrypted zip is refused by name") {
    CHECK(unpack(zip({{"a.csv", "secret"}}, "key")).error_code == "archive_encrypted");
}

TEST_CASE("the hash of an archive is that of the packed bytes, its tail included") {
    const ScratchDirectory scratch;
    const std::string packed = gzip(lines(300)) + "tail after the end";
    const std::string path = scratch.write("a.gz", packed);
    auto input = open_file(path, {});
    REQUIRE(input);
    CHECK(read_all(**input).error_code.empty());
    CHECK((*input)->sha256().value() == hash_file(path).value());
    CHECK((*input)->size() == packed.size());
    CHECK((*input)->consumed() <= packed.size());
}
