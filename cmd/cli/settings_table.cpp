// SPDX-License-Identifier: MIT
// The table of configuration keys.
#include <algorithm>
#include <utility>

#include "base/number.hpp"
#include "base/text.hpp"
#include "card/lockout.hpp"
#include "cli/settings.hpp"
#include "cli/text.hpp"
#include "cli/values.hpp"

namespace usagectl::cli {

namespace {

SettingSpec text(std::string_view key, std::string_view fallback, std::string_view help) {
    return {.key = key, .type = "string", .fallback = fallback, .help = help};
}

SettingSpec whole(
    std::string_view key,
    std::string_view fallback,
    std::int64_t low,
    std::int64_t high,
    std::string_view help
) {
    return {
        .key = key,
        .type = "integer",
        .fallback = fallback,
        .help = help,
        .low = low,
        .high = high};
}

SettingSpec choice(
    std::string_view key,
    std::string_view fallback,
    std::vector<std::string_view> choices,
    std::string_view help
) {
    return {
        .key = key,
        .type = "string",
        .fallback = fallback,
        .help = help,
        .choices = std::move(choices)};
}

SettingSpec flag(std::string_view key, std::string_view fallback, std::string_view help) {
    return {.key = key, .type = "boolean", .fallback = fallback, .help = help};
}

SettingSpec money(std::string_view key, std::string_view fallback, std::string_view help) {
    return {.key = key, .type = "string", .fallback = fallback, .help = help, .amount = true};
}

SettingSpec lock_out(std::string_view key, std::string_view fallback, std::string_view help) {
    auto spec = text(key, fallback, help);
    spec.check = [](std::string_view value) -> Result<void> {
        if (auto rule = card::parse_lock_rule(value); !rule)
            return tl::unexpected(rule.error());
        return {};
    };
    return spec;
}

}  // namespace

// Sorted by key.
const std::vector<SettingSpec>& setting_specs() {
    static const std::vector<SettingSpec> specs{
        whole(
            "cards.hash_memory_kib",
            "12288",
            8,
            4'194'304,
            "memory that trying one PIN of a new card takes"
        ),
        whole("cards.hash_passes", "2", 1, 64, "how often trying one PIN goes through that memory"),
        text("cards.key_file", "", "file with the keys of PINs; by default one of the user's own"),
        lock_out(
            "cards.lock_account",
            "10/15m/30m",
            "refusals of one account within so long that lock it for so long; 0: never"
        ),
        lock_out("cards.lock_card", "5/15m/15m", "the same for one card"),
        lock_out("cards.lock_channel", "200/5m/2m", "the same for one channel"),
        lock_out("cards.lock_global", "1000/5m/2m", "the same for all attempts together"),
        whole("cards.pin_digits", "14", 13, 16, "digits of new PINs; 13 have 43 bits"),
        text(
            "cards.printer_key",
            "",
            "public key print files are sealed to, 64 hexadecimal digits; empty: not sealed"
        ),
        text(
            "cards.redeem_url",
            "",
            "what the code on a card says, with {serial} in it; empty: the serial number"
        ),
        money(
            "cards.second_person_above",
            "1000.00",
            "what one person puts on sale alone in a day; beyond it takes two; 0: no limit"
        ),
        choice(
            "color",
            "auto",
            {"auto", "always", "never"},
            "colour the output: auto asks the terminal"
        ),
        text(
            "datastore",
            "",
            "a path, sqlite:PATH or postgresql://…; by default a file of the user's own"
        ),
        choice(
            "format",
            "table",
            {"table", "json", "jsonl", "csv", "tsv"},
            "how answers are written unless --format says otherwise"
        ),
        text(
            "identity.provider_of_record",
            "",
            "who asks: the retail provider in whose name questions are put"
        ),
        whole(
            "ingest.future_minutes",
            "60",
            0,
            525'600,
            "how far ahead of the clock an interval may end"
        ),
        whole(
            "ingest.max_expansion_bytes",
            "1099511627776",
            1,
            std::int64_t{1} << 50,
            "compressed input may not unpack to more than this"
        ),
        whole(
            "ingest.max_expansion_ratio",
            "200",
            1,
            1'000'000,
            "compressed input may not unpack to more than this many times its size"
        ),
        whole(
            "ingest.settle_seconds",
            "60",
            0,
            86'400,
            "a file on a server this young is left for the next run"
        ),
        text(
            "ingest.staging", "", "where fetched files wait; by default a folder of the user's own"
        ),
        text(
            "legacy.export_directory",
            "",
            "where a night writes charges the legacy system does not know; empty: nowhere"
        ),
        choice(
            "market.auth",
            "",
            {"", "bearer", "basic"},
            "how the market wants to be logged in to; empty: as its kind does"
        ),
        text(
            "market.credential_helper",
            "",
            "command that answers for the market's password, as git's do"
        ),
        text("market.duns", "", "DUNS number the market knows the asker by"),
        whole(
            "market.give_up_minutes",
            "120",
            1,
            10'080,
            "a request without outcome blocks no other for longer"
        ),
        choice(
            "market.kind",
            "",
            {"", "smt-portal", "smt-rest"},
            "which shape the market's read service has; empty: no market"
        ),
        text("market.password_file", "", "file with the market's password, ours alone to read"),
        text(
            "market.path.intervals",
            "",
            "path for interval data, below market.url; empty: the kind's own"
        ),
        text(
            "market.path.meters",
            "",
            "path for the list of meters, below market.url; empty: the kind's own"
        ),
        text(
            "market.path.power_status",
            "",
            "path for power status, below market.url; empty: the kind's own"
        ),
        text(
            "market.path.read_status",
            "",
            "path for the state of an on-demand read, below market.url; empty: the kind's own"
        ),
        text(
            "market.path.request_read",
            "",
            "path for asking for an on-demand read, below market.url; empty: the kind's own"
        ),
        text(
            "market.path.token", "", "path for logging in, below market.url; empty: the kind's own"
        ),
        whole("market.poll_cap_seconds", "60", 1, 3'600, "polls are never further apart"),
        whole(
            "market.poll_first_seconds",
            "15",
            0,
            3'600,
            "wait before the first poll; earlier, the previous read is shown"
        ),
        whole("market.poll_seconds", "15", 1, 3'600, "wait between polls at first; it grows"),
        whole(
            "market.power_limit",
            "1",
            0,
            1'000,
            "successful power status requests a window allows a meter"
        ),
        choice(
            "market.power_window",
            "day",
            {"day", "hour", "half_hour"},
            "the window of market.power_limit"
        ),
        whole(
            "market.read_limit", "1", 0, 1'000, "successful on-demand reads a window allows a meter"
        ),
        choice(
            "market.read_window",
            "day",
            {"day", "hour", "half_hour"},
            "the window of market.read_limit"
        ),
        choice(
            "market.requester_type",
            "REP",
            {"RES", "BUSINESS", "REP", "CSP", "TDSP"},
            "what the asker is to the market"
        ),
        text("market.requestor_id", "", "the asker's name with the market; empty: market.user"),
        text("market.timezone", "America/Chicago", "zone of the market's dates and quota windows"),
        text("market.url", "", "where the read service is; empty: the kind's own place"),
        text("market.user", "", "who logs in to the market"),
        whole("market.wait_seconds", "300", 0, 86'400, "how long --fetch waits for a read"),
        text(
            "net.allowed_hosts",
            "",
            "hosts that may be spoken to, by comma; *.NAME for all below; empty: any"
        ),
        text("net.ca_file", "", "certificate authorities to trust, PEM; empty: the system's"),
        whole("net.connect_seconds", "10", 1, 600, "how long a connection may take to stand"),
        text(
            "net.credential_helper",
            "",
            "command that answers for passwords of file servers, as git's do"
        ),
        text("net.identity_file", "", "private key for sftp, Ed25519 or ECDSA"),
        text(
            "net.known_hosts",
            "",
            "host keys for sftp, as ssh keeps them; empty: ~/.ssh/known_hosts"
        ),
        text(
            "net.password_file", "", "file with the password for file servers, ours alone to read"
        ),
        text("net.proxy", "", "proxy for everything that goes out, SCHEME://HOST:PORT"),
        whole("net.stall_seconds", "60", 1, 3'600, "a connection silent for so long is given up"),
        text(
            "nightly.request_directory",
            "",
            "where a night writes which meters to read; empty: nowhere"
        ),
        text(
            "nightly.sources",
            "",
            "names of sources a night ingests first, with commas, or all; empty: none"
        ),
        flag(
            "orders.recharge",
            "false",
            "meters hold the credit: each payment orders a recharge of the account's meter"
        ),
        text("pager", "", "shows long tables on a terminal; by default $PAGER, else less -FRX"),
        money(
            "prepay.connection_balance",
            "0.00",
            "beside what is due, an account needs this to begin or to be reconnected"
        ),
        text("prepay.currency", "USD", "ISO 4217 code of every account and its tariff"),
        money("prepay.disconnection_balance", "0.00", "at or below it, power may be suspended"),
        money("prepay.grace_balance", "10.00", "at or below it, a customer hears of suspension"),
        money("prepay.low_balance", "25.00", "at or below it, a customer hears of a low balance"),
        money("prepay.low_balance_floor", "10.00", "no customer may choose to hear of it later"),
        flag("prepay.payments_open", "true", "whether customers can pay at this time"),
        whole(
            "prepay.reconnect_minutes", "120", 1, 10'080, "a reconnect order is due after so long"
        ),
        whole(
            "quality.estimated_intervals",
            "192",
            1,
            1'000'000,
            "report runs of estimates longer than this"
        ),
        whole(
            "quality.future_minutes",
            "15",
            0,
            525'600,
            "report intervals that end this far ahead of the clock"
        ),
        whole(
            "quality.high_percent",
            "300",
            0,
            1'000'000,
            "report a day above this share of its like days; 0 is off"
        ),
        whole(
            "quality.low_percent",
            "10",
            0,
            100,
            "report a day below this share of its like days; 0 is off"
        ),
        whole(
            "quality.max_gap_intervals",
            "0",
            0,
            1'000'000,
            "report runs of missing intervals longer than this"
        ),
        whole(
            "quality.spike_floor_wh",
            "500",
            0,
            1'000'000'000,
            "the least energy an interval's third highest counts as"
        ),
        whole(
            "quality.spike_percent",
            "180",
            0,
            1'000'000,
            "report a peak above this share of the third highest; 0 is off"
        ),
        whole(
            "quality.stuck_intervals",
            "12",
            2,
            1'000'000,
            "report runs of one unchanging value from this length on"
        ),
        whole(
            "quality.zero_intervals",
            "96",
            0,
            1'000'000,
            "report a run of zeros this long; 0 is off"
        ),
        money(
            "reconcile.second_person_above",
            "1000.00",
            "adjustments of a cycle that come to more in all need two people; 0: never"
        ),
        text("rules.directory", "", "folder with rule packs of your own, *.toml; empty: none"),
        text(
            "rules.pack",
            "",
            "rule pack of accounts that name none; empty: they are never suspended"
        ),
        text("timezone", "America/Chicago", "time zone of meters that have none of their own"),
        text("utility.logo", "", "a PNG file, printed on cards"),
        text("utility.name", "", "the utility, as customers know it; on what is printed"),
        text("utility.phone", "", "telephone number customers use cards by; on cards"),
        text("utility.web", "", "web page customers use cards on; on cards"),
    };
    return specs;
}

const std::vector<SettingSpec>& source_specs() {
    static const std::vector<SettingSpec> specs{
        choice(
            "afterwards", "leave", {"leave", "archive", "delete"}, "what becomes of a taken file"
        ),
        text("archive", "", "folder on the server for taken files; implies afterwards = archive"),
        text("ca_file", "", "instead of net.ca_file"),
        text("credential_helper", "", "instead of net.credential_helper"),
        choice("ftps", "", {"", "implicit", "explicit"}, "when TLS begins; empty: by the port"),
        choice(
            "holds",
            "readings",
            {"readings", "extracts"},
            "what lies there: for ingest, or for legacy import"
        ),
        text("host_key_sha256", "", "the server's key, as ssh-keygen -l prints it"),
        text("identity_file", "", "instead of net.identity_file"),
        text("known_hosts", "", "instead of net.known_hosts"),
        text("password_file", "", "instead of net.password_file"),
        text("pattern", "*", "names to take, as a shell matches them"),
        text("url", "", "sftp://, ftps:// or https://, the folder"),
        text("user", "", "when the URL names none"),
    };
    return specs;
}

const SettingSpec* find_setting(std::string_view key) {
    const auto& specs = setting_specs();
    const auto found = std::lower_bound(
        specs.begin(),
        specs.end(),
        key,
        [](const SettingSpec& spec, std::string_view name) { return spec.key < name; }
    );
    return found != specs.end() && found->key == key ? &*found : nullptr;
}

std::string setting_variable(std::string_view key) {
    if (key == "datastore")
        return "USAGECTL_DB";
    std::string name = "USAGECTL_";
    for (const char c : key) {
        name += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return name;
}

Result<void> check_setting(const SettingSpec& spec, std::string_view value) {
    const auto malformed = [&spec](const std::string& what, std::string hint = {}) {
        return refuse(
            Exit::usage, "malformed_setting", std::string(spec.key) + ": " + what, std::move(hint)
        );
    };
    if (spec.type == "integer") {
        if (auto number = parse_between(value, spec.low, spec.high); !number) {
            return malformed(number.error().message);
        }
    }
    if (spec.type == "boolean" && value != "true" && value != "false") {
        return malformed(usagectl::quoted(value) + " is neither true nor false");
    }
    if (spec.amount) {
        if (auto amount = parse_money(value, Sign::allowed); !amount)
            return malformed(amount.error().message, amount.error().hint);
    }
    if (spec.check != nullptr) {
        if (auto sound = spec.check(value); !sound)
            return malformed(sound.error().message, sound.error().hint);
    }
    const auto& choices = spec.choices;
    if (!choices.empty() && std::find(choices.begin(), choices.end(), value) == choices.end()) {
        return malformed(
            usagectl::quoted(value) + " is not one of " + join(choices, ", "),
            did_you_mean(value, choices)
        );
    }
    return {};
}

}  // namespace usagectl::cli
