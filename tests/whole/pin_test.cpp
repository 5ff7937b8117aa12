// SPDX-License-Identifier: MIT
// Where PINs go in, and that they come out nowhere: terminals, files, pipes; what others can see of
// a process that holds one, and what is left on the disk.
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <filesystem>

#include <catch2/catch.hpp>

#include "whole/card_shop.hpp"

namespace usagectl::test {
namespace {

std::string whole_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// The program on a terminal of its own.
class Terminal {
public:
    Terminal(const Shop& shop, const std::vector<std::string>& words) {
        std::vector<std::string> line{"env"};
        for (const auto& [key, value] : shop.environment)
            line.push_back(key + "=" + value);
        line.emplace_back(USAGECTL);
        line.insert(line.end(), words.begin(), words.end());
        std::vector<char*> pointers;
        for (auto& word : line)
            pointers.push_back(word.data());
        pointers.push_back(nullptr);
        id_ = ::forkpty(&end_, nullptr, nullptr, nullptr);
        REQUIRE(id_ >= 0);
        if (id_ == 0) {
            ::execvp("env", pointers.data());
            ::_exit(127);
        }
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal() {
        if (id_ > 0) {
            ::kill(id_, SIGKILL);
            ::waitpid(id_, nullptr, 0);
        }
        hang_up();
    }

    // Everything shown up to `text`; fails when it does not come within ten seconds.
    std::string until(const std::string& text) {
        while (shown_.find(text) == std::string::npos && more())
            ;
        REQUIRE(shown_.find(text) != std::string::npos);
        return shown_;
    }
    // All that is shown to the end.
    const std::string& rest() {
        while (more())
            ;
        return shown_;
    }
    void type(const std::string& text) const {
        REQUIRE(::write(end_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    }
    [[nodiscard]] bool shows_what_is_typed() const {
        ::termios now{};
        REQUIRE(::tcgetattr(end_, &now) == 0);
        return (now.c_lflag & ECHO) != 0;
    }
    void hang_up() {
        if (end_ >= 0)
            ::close(end_);
        end_ = -1;
    }
    [[nodiscard]] pid_t id() const { return id_; }
    int wait() {
        int status = 0;
        REQUIRE(::waitpid(id_, &status, 0) == id_);
        id_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

private:
    bool more() {
        ::pollfd waiting{end_, POLLIN, 0};
        if (::poll(&waiting, 1, 10'000) != 1)
            return false;
        char bytes[256];
        const auto got = ::read(end_, bytes, sizeof bytes);
        if (got <= 0)
            return false;
        shown_.append(bytes, static_cast<std::size_t>(got));
        return true;
    }

    int end_ = -1;
    pid_t id_ = -1;
    std::string shown_;
};

std::vector<std::string> asking(const ShopCard& card) {
    return {"card", "redeem", card.serial, "--account", "A-1"};
}

}  // namespace

TEST_CASE("a PIN that is asked for is not shown, and the terminal is left as it was") {
    const Sqlite place;
    CardShop shop(place.url());
    const auto card = shop.on_sale("B", 1).front();
    Terminal terminal(shop, asking(card));
    terminal.until("PIN: ");
    CHECK_FALSE(terminal.shows_what_is_typed());
    SECTION("typed with a slip that is rubbed out") {
        terminal.type("9" + std::string(1, '\x7f') + card.pin + "\r");
        const auto& shown = terminal.rest();
        INFO(shown);
        CHECK(shown.find(card.pin) == std::string::npos);
        CHECK(terminal.wait() == 0);
        CHECK(shop.spent("A-1").size() == 1);
    }
    SECTION("ended by the interrupt key") {
        terminal.type(card.pin.substr(0, 5) + '\x03');
        terminal.until("no PIN was given");
        CHECK(terminal.shows_what_is_typed());
        CHECK(terminal.wait() == 130);
    }
    SECTION("ended by a signal from elsewhere") {
        ::kill(terminal.id(), SIGTERM);
        terminal.until("no PIN was given");
        CHECK(terminal.shows_what_is_typed());
        CHECK(terminal.wait() == 130);
    }
    SECTION("nothing but the end") {
        terminal.type("\x04");
        terminal.until("there is no PIN");
        CHECK(terminal.wait() == 2);
    }
    SECTION("a terminal that hangs up") {
        terminal.hang_up();
        CHECK(terminal.wait() != 0);
        CHECK(shop.spent("A-1").empty());
    }
}

TEST_CASE("a PIN file must be ours alone, a pipe need not be") {
    const Sqlite place;
    CardShop shop(place.url());
    const auto cards = shop.on_sale("B", 3);
    const auto redeem = [&](const ShopCard& card, const std::string& file) {
        return shop.run(
            {"card", "redeem", card.serial, "--account", "A-1", "--pin-file", file, "--json"}
        );
    };
    const auto open = shop.files().write("open.pin", cards[0].pin + "\n");
    for (const ::mode_t mode : {0644U, 0640U, 0604U, 0620U}) {
        ::chmod(open.c_str(), mode);
        const auto refused = redeem(cards[0], open);
        CHECK(refused.exit == 4);
        CHECK(refused.err.find("secret_file_open") != std::string::npos);
        CHECK(refused.err.find(cards[0].pin) == std::string::npos);
    }
    ::chmod(open.c_str(), 0400);
    CHECK(redeem(cards[0], open).exit == 0);
    CHECK(redeem(cards[1], shop.files().path("none.pin")).exit == 3);

    const auto pipe = shop.files().path("pipe");
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    auto waiting = shop.start(
        {"card", "redeem", cards[1].serial, "--account", "A-1", "--pin-file", pipe, "--json"}
    );
    std::ofstream(pipe) << cards[1].pin << '\n';
    CHECK(waiting.wait() == 0);
}

#ifdef __linux__
TEST_CASE("a process that holds a PIN leaves no core and cannot be looked into") {
    const Sqlite place;
    CardShop shop(place.url());
    const auto card = shop.on_sale("B", 1).front();
    Terminal terminal(shop, asking(card));
    terminal.until("PIN: ");
    terminal.type(card.pin);
    const auto proc = "/proc/" + std::to_string(terminal.id());
    const auto limits = whole_file(proc + "/limits");
    const auto core = limits.find("Max core file size");
    REQUIRE(core != std::string::npos);
    CHECK(limits.substr(core, 40).find(" 0 ") != std::string::npos);
    // A process that is not dumpable belongs to root, as far as /proc is concerned.
    struct ::stat memory {};
    REQUIRE(::stat((proc + "/mem").c_str(), &memory) == 0);
    CHECK(memory.st_uid == 0);
    const auto status = whole_file(proc + "/status");
    const auto locked = status.find("VmLck:");
    REQUIRE(locked != std::string::npos);
    CHECK(std::stoi(status.substr(locked + 6)) > 0);
}
#endif

TEMPLATE_TEST_CASE(
    "no PIN and no key is left anywhere but where it belongs", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    CardShop shop(place.url());
    const auto cards = shop.on_sale("B", 4);
    std::string said;
    const auto note = [&](const Finished& finished) { said += finished.out + finished.err; };
    note(shop.run(shop.redeem_words(cards[0], "A-1")));
    note(shop.run(shop.redeem_words(cards[0], "A-1")));
    auto wrong = cards[1];
    wrong.pin_file = cards[2].pin_file;
    note(shop.run(shop.redeem_words(wrong, "A-1")));
    note(shop.run({"card", "redeem", cards[1].serial, "--account", "A-1", "--pin", cards[1].pin}));
    note(shop.run({"card", "redeem", cards[1].serial, cards[1].pin, "--account", "A-1"}));
    const auto lines = shop.secret(
        "lines.jsonl",
        R"({"serial":")" + cards[2].serial + R"(","account":"A-1","pin":")" + cards[2].pin +
            "\",\"key\":\"k\"}\n" + R"({"serial":")" + cards[3].serial +
            R"(","account":"A-1","pin":")" + cards[3].pin + "x\"}\n" + R"({"p":")" + cards[3].pin +
            "\"}\n" + "{\"pin\":\"" + cards[3].pin + "\n"
    );
    note(shop.run({"card", "redeem", "--batch-input", lines}));
    note(shop.run({"card", "show", cards[0].serial, "--json"}));
    note(shop.run({"audit", "log", "--json", "--limit", "1000"}));
    CHECK(shop.spent("A-1").size() == 2);

    std::vector<std::string> secrets;
    for (const auto& card : cards)
        secrets.push_back(card.pin);
    const auto keys = shop.files().read("config/usagectl/card.keys");
    REQUIRE(keys.size() > 70);
    secrets.push_back(keys.substr(9, 64));
    std::string bytes;
    for (std::size_t at = 0; at < 64; at += 2)
        bytes += static_cast<char>(std::stoi(secrets.back().substr(at, 2), nullptr, 16));
    secrets.push_back(bytes);

    if (place.dialect() == store::Dialect::sqlite) {
        const auto folder = std::filesystem::path(place.url()).parent_path();
        for (const auto& file : std::filesystem::directory_iterator(folder))
            said += whole_file(file.path());
    } else {
        const auto session = place.session();
        for (const auto* table :
             {"card",
              "card_batch",
              "card_event",
              "card_lock",
              "audit_record",
              "idempotency_key",
              "payment",
              "ledger_entry"}) {
            session->query(
                "select cast(t as text) from " + std::string(table) + " t",
                {},
                [&](const store::Row& row) {
                    said += row.text(0);
                    return true;
                }
            );
        }
    }
    CHECK(said.find(cards[0].serial) != std::string::npos);
    for (const auto& secret : secrets)
        CHECK(said.find(secret) == std::string::npos);
}

}  // namespace usagectl::test
