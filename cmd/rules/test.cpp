// SPDX-License-Identifier: MIT
// usagectl rules test: do packs say what their own cases expect?
#include "cli/json_values.hpp"
#include "cli/values.hpp"
#include "rules/cases.hpp"
#include "rules/commands.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

struct TestOptions {
    std::vector<std::string> packs;
};

// A name holds neither a slash nor the ending of a file.
bool is_file(const std::string& word) {
    return word.find('/') != std::string::npos || word.ends_with(".toml");
}

// What is to be tested: named packs, files, or all packs there are.
std::vector<app::LoadedPack> wanted(const TestOptions& options, const cli::Context& context) {
    std::vector<app::LoadedPack> found;
    if (options.packs.empty())
        return rule_packs(context).all();
    for (const auto& word : options.packs) {
        if (is_file(word)) {
            found.push_back(context.must(app::read_pack_text(read_pack_file(context, word))));
        } else {
            const auto packs = rule_packs(context);
            found.push_back(*context.must(packs.get(word)));
        }
    }
    return found;
}

struct Tally {
    cli::Json items = cli::Json::array();
    std::size_t passed = 0;
    std::size_t failed = 0;
};

void add_cases(const app::LoadedPack& loaded, Tally& tally) {
    for (const auto& result : rules::run_cases(loaded.file.pack, loaded.file.cases)) {
        ++(result.passed() ? tally.passed : tally.failed);
        cli::Json item;
        item["pack"] = loaded.file.pack.name;
        item["test"] = result.of->name;
        item["day"] = format_day(result.of->facts.day);
        item["expected"] = rules::verdict_text(result.of->held_by);
        item["got"] = rules::verdict_text(result.got);
        item["passed"] = result.passed();
        tally.items.push_back(std::move(item));
    }
}

Exit run(const TestOptions& options, cli::Context& context) {
    Tally tally;
    for (const auto& pack : wanted(options, context))
        add_cases(pack, tally);
    cli::Json root;
    root["passed"] = tally.passed;
    root["failed"] = tally.failed;
    root["items"] = std::move(tally.items);
    cli::Context::View view;
    view.columns = {{"pack", "PACK"}, {"test", "TEST"}, {"day", "DAY"}, {"got", "GOT"}};
    if (tally.failed > 0) {
        view.columns.push_back({"expected", "EXPECTED"});
        view.columns.push_back({"passed", "PASSED"});
    }
    view.footing = {
        std::to_string(tally.passed) + " passed, " + std::to_string(tally.failed) + " failed"};
    context.print(std::move(root), view);
    return tally.failed == 0 ? Exit::done : Exit::check_failed;
}

}  // namespace

cli::Command rules_test_command() {
    cli::Spec spec;
    spec.path = {"rules", "test"};
    spec.summary = "judge the cases rule packs bring";
    spec.description =
        "Every pack brings cases: facts, and the verdict they must come to. They are judged as a "
        "suspension is, and each that comes out otherwise is told. Without arguments every pack "
        "there is; a word with a slash or the ending .toml is a file.";
    spec.words = {
        cli::bind(
            {.name = "PACK",
             .help = "name of a pack, or a file",
             .complete = cli::Complete::rule_pack,
             .repeatable = true},
            &TestOptions::packs
        ),
    };
    spec.fields = {
        {"passed", "integer", "cases with the verdict they expect"},
        {"failed", "integer", "cases with another"},
        {"items[].pack", "string", "the pack's name"},
        {"items[].test", "string", "the case's name"},
        {"items[].day", "date", "its local day"},
        {"items[].expected", "string", "allowed, or held by which rules"},
        {"items[].got", "string", "what the pack says"},
        {"items[].passed", "boolean", "true when they are the same"},
    };
    spec.examples = {
        {"usagectl rules test", "all packs, before they are relied on"},
        {"usagectl rules test texas virginia", "two of them"},
        {"usagectl rules test ./coop.toml", "a file of one's own"},
    };
    spec.exits = {
        {Exit::check_failed, "a case came out otherwise"},
        {Exit::not_found, "there is no such pack or file"},
        {Exit::unavailable, "the folder of rules.directory cannot be read"},
        {Exit::rejected, "a pack has mistakes"},
    };
    return cli::command<TestOptions>(std::move(spec), run);
}

}  // namespace usagectl
