// SPDX-License-Identifier: MIT
// What a running command is given. Everything it may touch is here; nothing is global.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/store.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"
#include "cli/command.hpp"
#include "cli/network.hpp"
#include "cli/progress.hpp"
#include "cli/settings.hpp"
#include "cli/stores.hpp"
#include "cli/streams.hpp"

namespace usagectl::cli {

using Json = nlohmann::ordered_json;

// The global options after parsing, resolved against environment and configuration.
struct Globals {
    std::string format = "table";            // table, json, jsonl, csv, tsv
    std::optional<std::string> json_fields;  // --json=a,b; empty string: list the fields
    std::optional<std::string> jq;
    bool no_header = false;
    bool quiet = false;
    bool verbose = false;
    bool color = false;  // resolved for stdout
    bool pager = true;
    bool input = true;  // --no-input clears it
    bool yes = false;
    bool dry_run = false;
    std::optional<std::string> idempotency_key;
    std::string actor;    // empty unless the command changes something
    std::string os_user;  // likewise
};

// How a table shows one field of the items. Right-aligned when `number`.
struct Column {
    std::string_view field;  // key in the item object; dots lead into objects: "quota.limit"
    std::string_view title;  // "WH"
    bool number = false;
};

// A refusal on its way to cli::main, which prints it in the contract's error form.
class Refusal : public std::exception {
public:
    explicit Refusal(Error error)
        : error_(std::move(error)) {}
    [[nodiscard]] const Error& error() const noexcept { return error_; }
    [[nodiscard]] const char* what() const noexcept override { return error_.message.c_str(); }

private:
    Error error_;
};

struct Context {
    Streams& io;
    const Globals& globals;
    const Settings& settings;
    const Spec& spec;                           // of the running command
    const std::vector<std::string>& arguments;  // as given, for the audit row (mask secrets there)
    // System, or fixed by USAGECTL_NOW on a sandbox store. Which of the two is known once a store
    // is open: open it first. With USAGECTL_NOW set, reading before opening is a Bug.
    const Clock& clock;
    std::span<const Registered> registry;
    const Environment& environment;

    // Opens the resolved datastore on first call (creating a missing local one), checks schema
    // version and sandbox rule, and keeps it. Throws Failure or refuses with the cure.
    std::function<app::Store&()> store;
    // The resolved datastore URL, password masked, without opening it.
    std::function<std::string()> store_url;
    // For commands about a datastore itself (`db …`): the URL as it is, and the engines.
    std::function<std::string()> secret_store_url;
    Stores& stores;
    Network& network;
    // Tells whether the store at hand is a sandbox: fixes `clock` to USAGECTL_NOW, or refuses when
    // that is set for a store that is none. store() has done it; `db …` commands call it
    // themselves.
    std::function<void(bool sandbox)> settle_clock;

    // Prints the answer in the chosen format: the whole root for json (with "schema" put first),
    // the item list alone for jsonl, csv and tsv, and for table the `columns` of the item list,
    // after `heading` lines and before `footing` lines (both only in table format). A table without
    // columns and heading shows the root's own values, one a line. csv and tsv have one column for
    // each declared item field. Root and items must hold exactly the declared fields; else Bug.
    struct View {
        std::vector<Column> columns;
        std::vector<std::string> heading = {};
        std::vector<std::string> footing = {};
    };
    std::function<void(Json root, const View& view)> print;

    // The same for answers that may be too big to hold. `root` has every root field but the item
    // list; `produce` calls `emit` once per item, in order. Memory is constant in every format but
    // json with --jq. A table takes its widths from the first 1000 rows and lets later ones stick
    // out. Root fields cannot depend on the items: what sums them up goes into `footing`, which is
    // asked for after the last item.
    struct StreamView {
        std::vector<Column> columns;
        std::vector<std::string> heading = {};
        std::function<std::vector<std::string>()> footing = {};
    };
    using Emit = std::function<void(const Json& item)>;
    std::function<void(
        Json root, const StreamView& view, const std::function<void(const Emit& emit)>& produce
    )>
        stream;

    // A note on stderr, not with --quiet.
    std::function<void(std::string_view text)> note;
    // A progress line on stderr: silent unless stderr is a terminal and --quiet is not given, and
    // for the first second. `total` 0: unknown.
    std::function<Progress(std::string label, std::uint64_t total)> progress;
    // True once SIGINT or SIGTERM came. A command that asks has taken over: it stops in good order
    // and returns Exit::interrupted. One that never asks is ended by the signal at once.
    std::function<bool()> interrupted;

    // Asks on stderr and reads the answer; --yes answers. Refuses when nobody can be asked.
    void confirm(std::string_view question) const;
    // Refuses: throws Refusal, which cli::main prints in the contract's error form.
    [[noreturn]] void fail(Error error) const;
    template <class T>
    T must(Result<T> result) const {
        if (!result)
            fail(std::move(result.error()));
        if constexpr (!std::is_void_v<T>)
            return std::move(*result);
    }
};

}  // namespace usagectl::cli
