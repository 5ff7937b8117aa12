// SPDX-License-Identifier: MIT
// Marks of PINs, the file their keys are in, and sealed print files.
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "crypto/card_pins.hpp"
#include "crypto/random.hpp"
#include "crypto/sealed_file.hpp"
#include "support/scratch.hpp"

using namespace usagectl;
using card::lowest_cost;
using card::Serial;
using crypto::CardPins;
using test::Scratch;

namespace {

const Serial serial = Serial::of(Serial::first_number);
constexpr std::string_view pin = "12345678901234";

std::string read_code(const std::string& path) {
    const auto pins = CardPins::read(path);
    return pins ? "" : pins.error().code;
}

}  // namespace

TEST_CASE("a PIN fits its mark, and nothing else does") {
    const Scratch scratch;
    const auto path = scratch.path("keys");
    const auto name = crypto::add_card_key(path);
    REQUIRE(name);
    const auto pins = CardPins::read(path);
    REQUIRE(pins);
    CHECK(pins->key() == *name);
    const auto mark = pins->mark(serial, pin, pins->key(), lowest_cost);
    CHECK(mark.salt.size() == card::PinMark::salt_size);
    CHECK(mark.hash.size() == card::PinMark::hash_size);
    CHECK(pins->fits(serial, pin, mark, *name, lowest_cost));
    CHECK(!pins->fits(serial, "12345678901235", mark, *name, lowest_cost));
    CHECK(!pins->fits(serial, "1234567890123", mark, *name, lowest_cost));
    CHECK(!pins->fits(Serial::of(Serial::first_number + 1), pin, mark, *name, lowest_cost));
    CHECK(!pins->fits(serial, pin, mark, *name, {16, 1}));
    CHECK(!pins->fits(serial, pin, mark, *name, {8, 2}));
    // The same PIN of the same card: another salt, another hash.
    CHECK(pins->mark(serial, pin, pins->key(), lowest_cost).hash != mark.hash);
}

TEST_CASE("new cards are marked with the newest key, and older ones keep theirs") {
    const Scratch scratch;
    const auto path = scratch.path("keys");
    const auto first = *crypto::add_card_key(path);
    const auto mark = CardPins::read(path)->mark(serial, pin, first, lowest_cost);
    const auto second = *crypto::add_card_key(path);
    CHECK(first != second);
    const auto pins = CardPins::read(path);
    REQUIRE(pins);
    CHECK(pins->key() == second);
    CHECK(pins->has_key(first));
    CHECK(pins->fits(serial, pin, mark, first, lowest_cost));
    CHECK(!pins->fits(serial, pin, mark, second, lowest_cost));
    CHECK_THROWS_AS(pins->fits(serial, pin, mark, "00000000", lowest_cost), Failure);
}

TEST_CASE("a file of keys is ours alone and holds nothing but keys") {
    const Scratch scratch;
    const auto path = scratch.path("keys");
    CHECK(read_code(path) == "secret_missing");
    REQUIRE(crypto::add_card_key(path));
    struct ::stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    const auto line = scratch.read("keys");
    CHECK(line.size() == 74U);

    ::chmod(path.c_str(), 0640);
    CHECK(read_code(path) == "secret_file_open");
    ::chmod(path.c_str(), 0600);
    CHECK(crypto::add_card_key(path));

    auto wrong = line;
    const auto spoil = GENERATE(0, 1, 2, 3, 4);
    if (spoil == 0)
        wrong[20] = wrong[20] == '0' ? '1' : '0';
    else if (spoil == 1)
        wrong[0] = wrong[0] == '0' ? '1' : '0';
    else if (spoil == 2)
        wrong.resize(40);
    else if (spoil == 3)
        wrong += "more\n";
    else
        wrong = "\n" + wrong;
    scratch.write("keys", wrong);
    CHECK(read_code(path) == "card_keys_malformed");
    const auto added = crypto::add_card_key(path);
    REQUIRE(!added);
    CHECK(added.error().code == "card_keys_malformed");
    CHECK(added.error().message.find(line.substr(30, 20)) == std::string::npos);
    CHECK(scratch.read("keys") == wrong);
}

TEST_CASE("a key is added behind a last line without its end") {
    const Scratch scratch;
    const auto path = scratch.path("keys");
    const auto first = *crypto::add_card_key(path);
    auto line = scratch.read("keys");
    line.pop_back();
    scratch.write("keys", line);
    const auto second = *crypto::add_card_key(path);
    const auto pins = CardPins::read(path);
    REQUIRE(pins);
    CHECK((pins->has_key(first) && pins->key() == second));
}

TEST_CASE("random digits are digits, and all of them come") {
    crypto::LockedBytes text(4000);
    crypto::append_random_digits(text, 4000);
    for (char digit = '0'; digit <= '9'; ++digit) {
        const auto count = std::count(text.view().begin(), text.view().end(), digit);
        // 400 are expected; 280 is six standard deviations off.
        CHECK((count > 280 && count < 520));
    }
    CHECK(text.view().find_first_not_of("0123456789") == std::string_view::npos);
}

TEST_CASE("only the holder of the key opens what was sealed to it") {
    const Scratch scratch;
    const auto open_key = crypto::make_key_pair(scratch.path("secret"));
    REQUIRE(open_key);
    struct ::stat status {};
    REQUIRE(::stat(scratch.path("secret").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    CHECK(crypto::make_key_pair(scratch.path("secret")).error().code == "key_file_exists");
    const auto secret = crypto::read_secret_key(scratch.path("secret"));
    REQUIRE(secret);
    CHECK(crypto::PublicKey::parse(open_key->text())->bytes() == open_key->bytes());

    auto file = std::string(crypto::sealed_magic) + crypto::seal("first", *open_key) +
                crypto::seal("", *open_key) + crypto::seal(std::string(9000, 'x'), *open_key);
    CHECK(file.find("first") == std::string::npos);
    std::vector<std::string> pieces;
    const auto take = [&](std::string_view piece) { pieces.emplace_back(piece); };
    REQUIRE(crypto::open_sealed(file, *secret, take));
    CHECK(pieces == std::vector<std::string>{"first", "", std::string(9000, 'x')});

    REQUIRE(crypto::make_key_pair(scratch.path("other")));
    const auto other = crypto::read_secret_key(scratch.path("other"));
    CHECK(crypto::open_sealed(file, *other, take).error().code == "print_file_damaged");
    CHECK(
        crypto::open_sealed("serial,pin\n", *secret, take).error().code == "print_file_not_sealed"
    );
    for (const auto at : {crypto::sealed_magic.size(), crypto::sealed_magic.size() + 20}) {
        auto wrong = file;
        wrong[at] = static_cast<char>(wrong[at] ^ 0x40);
        CHECK(crypto::open_sealed(wrong, *secret, take).error().code == "print_file_damaged");
    }
    for (const auto cut : {1U, 100U, 9020U}) {
        const auto part = file.substr(0, file.size() - cut);
        CHECK(crypto::open_sealed(part, *secret, take).error().code == "print_file_damaged");
    }
    CHECK(crypto::PublicKey::parse("12").error().code == "malformed_public_key");
    scratch.write("other", "zz\n");
    CHECK(crypto::read_secret_key(scratch.path("other")).error().code == "key_file_malformed");
}
