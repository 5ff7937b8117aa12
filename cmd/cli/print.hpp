// SPDX-License-Identifier: MIT
// Prints an answer in the format asked for. What can be wrong with the request (an unknown field, a
// jq program that does not compile) is found by make(), before the command has done anything.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/context.hpp"
#include "cli/fields.hpp"
#include "cli/jq.hpp"
#include "cli/sinks.hpp"

namespace usagectl::cli {

class Printer {
public:
    // `pager`: the command line of the pager, empty for none.
    [[nodiscard]] static Result<Printer>
    make(const Spec& spec, const Globals& globals, Streams& io, std::string pager);

    void print(Json root, const Context::View& view) const;
    using Produce = std::function<void(const Context::Emit&)>;
    void stream(Json root, const Context::StreamView& view, const Produce& produce) const;

    // `--json=`: the names of the fields, their types and meanings.
    static void list_fields(const Spec& spec, std::ostream& out);

private:
    Printer(const Spec& spec, const Globals& globals, Streams& io, std::string pager);

    void
    stream_table(const Json& root, const Context::StreamView& view, const Produce& produce) const;
    void stream_data(Json root, const Produce& produce) const;
    [[nodiscard]] std::unique_ptr<Sink> data_sink(const std::string& list) const;
    void print_values(const Json& root, Pager& pager) const;
    [[nodiscard]] Pager make_pager() const;
    // The node of the item list; null when the answer has none.
    [[nodiscard]] const FieldNode* items() const;

    const Spec* spec_;
    const Globals* globals_;
    Streams* io_;
    std::string pager_;
    FieldNode fields_;
    Selection selection_;
    std::optional<Jq> jq_;
};

}  // namespace usagectl::cli
