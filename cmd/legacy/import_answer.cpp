// SPDX-License-Identifier: MIT
#include "legacy/import_answer.hpp"

#include <algorithm>
#include <array>

#include "cli/json_values.hpp"

namespace usagectl {

namespace {

constexpr std::array<std::string_view, 5> figures{
    "lines", "new", "changed", "unchanged", "rejected"};
// The worst first: an answer is as good as its worst file.
constexpr std::array<std::string_view, 4> statuses{"rejected", "partial", "taken", "duplicate"};

cli::Json file_json(
    const std::string& shown,
    const app::LegacyExtract& extract,
    std::string_view status,
    const Error* why
) {
    cli::Json file;
    file["path"] = shown;
    file["extract"] = extract.number == 0 ? cli::Json(nullptr) : cli::Json(extract.number);
    file["status"] = status;
    file["sha256"] = cli::name_json(extract.sha256);
    file["lines"] = extract.lines;
    file["new"] = extract.added;
    file["changed"] = extract.changed;
    file["unchanged"] = extract.unchanged;
    file["rejected"] = extract.rejected;
    file["code"] = why == nullptr ? cli::Json(nullptr) : cli::Json(why->code);
    file["message"] = why == nullptr ? cli::Json(nullptr) : cli::Json(why->message);
    return file;
}

std::string figures_text(const cli::Json& of) {
    return of.at("status").get<std::string>() + ": " + of.at("lines").dump() + " lines, " +
           of.at("new").dump() + " new, " + of.at("changed").dump() + " changed, " +
           of.at("unchanged").dump() + " unchanged, " + of.at("rejected").dump() + " rejected";
}

// A line for each file of several, and what was seen on servers.
std::vector<std::string> footing(const cli::Json& root) {
    std::vector<std::string> lines;
    const auto& files = root.at("files");
    if (files.size() > 1) {
        for (const auto& file : files)
            lines.push_back(file.at("path").get<std::string>() + ": " + figures_text(file));
    }
    lines.push_back(figures_text(root));
    for (const auto& left : root.at("left"))
        lines.push_back("left " + left.get<std::string>());
    if (const auto known = root.at("known").get<std::uint64_t>(); known > 0)
        lines.push_back(std::to_string(known) + " on the server had been taken before");
    return lines;
}

std::vector<cli::Column> columns(const cli::Json& root) {
    std::vector<cli::Column> list{
        {"line", "LINE", true},
        {"account", "ACCOUNT"},
        {"status", "STATUS"},
        {"code", "CODE"},
        {"message", "MESSAGE"},
    };
    if (root.at("files").size() > 1)
        list.insert(list.begin(), {"file", "FILE"});
    return list;
}

}  // namespace

void ImportAnswer::begin(const std::string& shown) {
    shown_ = shown;
    lines_ = std::make_unique<cli::Spill>();
}

void ImportAnswer::add(const app::ImportedLine& line) {
    cli::Json item;
    item["line"] = line.line;
    item["account"] = cli::name_json(line.account);
    item["status"] = app::to_string(line.status);
    item["code"] = line.error ? cli::Json(line.error->code) : nullptr;
    item["message"] = line.error ? cli::Json(line.error->message) : nullptr;
    item["file"] = shown_;
    lines_->add(item);
}

void ImportAnswer::take(const app::LegacyImported& imported) {
    const auto& extract = imported.extract;
    const bool partial = !imported.duplicate && extract.rejected != 0;
    if (partial)
        failed_.push_back({shown_, std::nullopt});
    const auto status = imported.duplicate ? "duplicate" : partial ? "partial" : "taken";
    close(file_json(shown_, extract, status, nullptr), true);
}

void ImportAnswer::refuse(const Error& why) {
    failed_.push_back({shown_, why});
    close(file_json(shown_, {}, "rejected", &why), false);
}

void ImportAnswer::close(cli::Json file, bool kept) {
    lines_->each([&](const cli::Json& item) {
        if (kept || item.at("status") == "rejected")
            items_.add(item);
    });
    lines_.reset();
    files_.push_back(std::move(file));
}

void ImportAnswer::fail(const std::string& shown, Error why) {
    files_.push_back(file_json(shown, {}, "rejected", &why));
    failed_.push_back({shown, std::move(why)});
}

void ImportAnswer::seen(std::vector<std::string> left, std::uint64_t known) {
    left_ = std::move(left);
    known_ = known;
}

cli::Json ImportAnswer::root() const {
    const bool single = files_.size() == 1;
    std::string_view worst = "none";
    for (const auto status : statuses) {
        const bool any = std::any_of(files_.begin(), files_.end(), [&](const cli::Json& file) {
            return file.at("status") == status;
        });
        if (any) {
            worst = status;
            break;
        }
    }
    cli::Json root;
    root["extract"] = single ? files_.front().at("extract") : cli::Json(nullptr);
    root["status"] = worst;
    root["sha256"] = single ? files_.front().at("sha256") : cli::Json(nullptr);
    for (const auto figure : figures) {
        const std::string key(figure);
        std::int64_t sum = 0;
        for (const auto& file : files_)
            sum += file.at(key).get<std::int64_t>();
        root[key] = sum;
    }
    root["dry_run"] = dry_run_;
    root["files"] = files_;
    root["left"] = left_;
    root["known"] = known_;
    return root;
}

cli::Json ImportAnswer::whole() {
    auto all = root();
    all["items"] = cli::Json::array();
    items_.each([&](const cli::Json& item) { all["items"].push_back(item); });
    return all;
}

void ImportAnswer::show(const cli::Context& context) {
    const auto shown = root();
    cli::Context::StreamView view;
    view.columns = columns(shown);
    view.footing = [&] { return footing(shown); };
    context.stream(shown, view, [&](const cli::Context::Emit& emit) { items_.each(emit); });
}

void ImportAnswer::each_reject(const std::function<void(const std::string&)>& visit) {
    items_.each([&](const cli::Json& item) {
        if (item.at("status") == "rejected")
            visit("line " + item.at("line").dump() + ": " + item.at("message").get<std::string>());
    });
}

cli::Context::View import_view(const cli::Json& root) {
    cli::Context::View view;
    view.columns = columns(root);
    return view;
}

std::vector<cli::Field> import_fields() {
    return {
        {"extract", "integer", "number of the extract, of a single file", true},
        {"status", "string", "of the worst file; none: there was none"},
        {"sha256", "string", "of the content of a single file", true},
        {"lines", "integer", "behind the header row; a duplicate's figures are those of its time"},
        {"new", "integer", "accounts nobody had told of"},
        {"changed", "integer", "accounts of which something is said now that was not"},
        {"unchanged", "integer", "accounts of which the same is said"},
        {"rejected", "integer", "lines that were not taken"},
        {"dry_run", "boolean", "true when nothing was kept"},
        {"files[].path", "string", "the file as named, or its URL"},
        {"files[].extract", "integer", "number of the extract", true},
        {"files[].status", "string", "taken, partial (lines were rejected), duplicate, rejected"},
        {"files[].sha256", "string", "of the content", true},
        {"files[].lines", "integer", "as above, of this file"},
        {"files[].new", "integer", "as above, of this file"},
        {"files[].changed", "integer", "as above, of this file"},
        {"files[].unchanged", "integer", "as above, of this file"},
        {"files[].rejected", "integer", "as above, of this file"},
        {"files[].code", "string", "why the file was rejected", true},
        {"files[].message", "string", "the same in words", true},
        {"left", "array", "files on servers left for the next run, with the reason"},
        {"known", "integer", "files on servers taken in earlier runs"},
        {"items[].line", "integer", "number of the line, the header row is 1"},
        {"items[].account", "string", "the account it names", true},
        {"items[].status", "string", "new, changed, unchanged or rejected"},
        {"items[].code", "string", "why it was rejected", true},
        {"items[].message", "string", "the same in words", true},
        {"items[].file", "string", "the file of the line"},
    };
}

}  // namespace usagectl
