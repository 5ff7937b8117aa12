// SPDX-License-Identifier: MIT
#include "cli/print.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

#include "base/assert.hpp"
#include "cli/schema.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

void write_lines(const std::vector<std::string>& lines, Pager& pager) {
    for (const auto& line : lines)
        pager.write(harmless(line) + "\n");
}

Json with_schema(const Spec& spec, Json root) {
    Json out{{"schema", schema_name(spec)}};
    for (auto& [key, value] : root.items())
        out[key] = std::move(value);
    return out;
}

}  // namespace

Printer::Printer(const Spec& spec, const Globals& globals, Streams& io, std::string pager)
    : spec_(&spec)
    , globals_(&globals)
    , io_(&io)
    , pager_(std::move(pager))
    , fields_(field_tree(spec.fields)) {}

Result<Printer>
Printer::make(const Spec& spec, const Globals& globals, Streams& io, std::string pager) {
    Printer printer(spec, globals, io, std::move(pager));
    if (globals.json_fields) {
        auto selection = Selection::parse(*globals.json_fields, printer.fields_, spec.item_list);
        if (!selection)
            return tl::unexpected(std::move(selection.error()));
        printer.selection_ = std::move(*selection);
    }
    if (globals.jq) {
        auto jq = Jq::compile(*globals.jq);
        if (!jq)
            return tl::unexpected(std::move(jq.error()));
        printer.jq_ = std::move(*jq);
    }
    return printer;
}

const FieldNode* Printer::items() const {
    const auto* node = fields_.child(spec_->item_list);
    return node != nullptr && node->list ? node : nullptr;
}

Pager Printer::make_pager() const {
    const bool paged = io_->out_is_terminal && globals_->pager && globals_->format == "table";
    return {io_->out, paged ? pager_ : std::string(), io_->height};
}

std::unique_ptr<Sink> Printer::data_sink(const std::string& list) const {
    auto& out = io_->out;
    const auto& format = globals_->format;
    if (jq_)
        return format == "jsonl" ? jq_lines_sink(out, *jq_) : jq_sink(out, list, *jq_);
    if (format == "json")
        return json_sink(out, list, io_->out_is_terminal);
    if (format == "jsonl")
        return jsonl_sink(out);
    const auto& node = items() == nullptr ? fields_ : *items();
    auto paths = leaf_paths(node);
    std::erase_if(paths, [&](const std::string& path) {
        const auto full = node.path.empty() ? path : node.path + "." + path;
        return full == "schema" || !selection_.wants(full);
    });
    const auto kind = format == "csv" ? Separated::comma : Separated::tab;
    return separated_sink(out, kind, std::move(paths), !globals_->no_header);
}

// A table of an answer that is one thing: its plain values, a line each.
void Printer::print_values(const Json& root, Pager& pager) const {
    auto paths = leaf_paths(fields_);
    std::erase(paths, "schema");
    std::size_t width = 0;
    for (const auto& path : paths)
        width = std::max(width, path.size());
    for (const auto& path : paths) {
        pager.write(
            path + std::string(width + 2 - path.size(), ' ') + cell_text(value_at(root, path)) +
            "\n"
        );
    }
}

void Printer::print(Json root, const Context::View& view) const {
    const bool plain = view.columns.empty() && view.heading.empty() && view.footing.empty();
    if (globals_->format == "table" && !jq_ && plain) {
        root = with_schema(*spec_, std::move(root));
        check_fields(fields_, root);
        auto pager = make_pager();
        print_values(root, pager);
        pager.finish();
        return;
    }
    auto list = Json::array();
    if (items() != nullptr) {
        const auto found = root.find(std::string(spec_->item_list));
        if (found == root.end())
            throw Bug("the answer has no item list");
        list = std::move(*found);
        root.erase(found);
    }
    stream(
        std::move(root),
        {view.columns, view.heading, [&view] { return view.footing; }},
        [&list](const Context::Emit& emit) {
            for (const auto& item : list)
                emit(item);
        }
    );
}

void Printer::stream(Json root, const Context::StreamView& view, const Produce& produce) const {
    root = with_schema(*spec_, std::move(root));
    check_fields(fields_, root, items() == nullptr ? std::string_view() : spec_->item_list);
    if (globals_->format == "table" && !jq_) {
        stream_table(root, view, produce);
    } else {
        stream_data(std::move(root), produce);
    }
}

void Printer::stream_table(
    const Json& root, const Context::StreamView& view, const Produce& produce
) const {
    auto pager = make_pager();
    write_lines(view.heading, pager);
    if (items() != nullptr && !view.columns.empty()) {
        const auto sink = table_sink(pager, view.columns, {!globals_->no_header, globals_->color});
        sink->begin(root);
        produce([&](const Json& item) {
            check_fields(*items(), item);
            sink->item(item);
        });
        sink->end();
    }
    if (view.footing)
        write_lines(view.footing(), pager);
    pager.finish();
}

void Printer::stream_data(Json root, const Produce& produce) const {
    const auto* node = items();
    const bool listed = node != nullptr && selection_.reaches(node->path);
    selection_.prune(fields_, root);
    const auto sink = data_sink(listed ? node->name : std::string());
    sink->begin(root);
    // Formats of lines show an answer that has no list as its only line.
    if (node == nullptr && globals_->format != "json")
        sink->item(root);
    if (listed) {
        produce([&](const Json& item) {
            check_fields(*node, item);
            if (selection_.everything()) {
                sink->item(item);
                return;
            }
            auto pruned = item;
            selection_.prune(*node, pruned);
            sink->item(pruned);
        });
    }
    sink->end();
}

void Printer::list_fields(const Spec& spec, std::ostream& out) {
    std::vector<Field> fields{{"schema", "string", "name and version of this answer's form"}};
    fields.insert(fields.end(), spec.fields.begin(), spec.fields.end());
    std::size_t width = 0;
    for (const auto& field : fields)
        width = std::max(width, field.path.size());
    for (const auto& field : fields) {
        const auto type = std::string(field.type) + (field.nullable ? " or null" : "");
        out << field.path << std::string(width + 2 - field.path.size(), ' ') << type
            << std::string(type.size() < 17 ? 17 - type.size() : 1, ' ') << field.help << '\n';
    }
}

}  // namespace usagectl::cli
