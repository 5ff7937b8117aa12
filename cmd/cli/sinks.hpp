// SPDX-License-Identifier: MIT
// Where the items of an answer go, one class per format. A sink is begun with the root without its
// item list, is given the items in order, and is ended; it keeps no item longer than it must.
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "cli/fields.hpp"
#include "cli/jq.hpp"
#include "cli/pager.hpp"

namespace usagectl::cli {

class Sink {
public:
    Sink() = default;
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    virtual ~Sink() = default;
    virtual void begin(const Json& root) = 0;
    virtual void item(const Json& item) = 0;
    virtual void end() = 0;
};

// One object: the root's fields, then the list. `list` empty: an answer without one.
[[nodiscard]] std::unique_ptr<Sink> json_sink(std::ostream& out, std::string list, bool pretty);
[[nodiscard]] std::unique_ptr<Sink> jsonl_sink(std::ostream& out);
// The whole object goes through jq, and is held until the end.
[[nodiscard]] std::unique_ptr<Sink> jq_sink(std::ostream& out, std::string list, const Jq& jq);
[[nodiscard]] std::unique_ptr<Sink> jq_lines_sink(std::ostream& out, const Jq& jq);

enum class Separated : std::uint8_t { comma, tab };
// RFC 4180, with the line feed alone as line end; tabs as PostgreSQL's COPY writes them.
[[nodiscard]] std::unique_ptr<Sink>
separated_sink(std::ostream& out, Separated kind, std::vector<std::string> paths, bool header);

struct TableStyle {
    bool header = true;
    bool color = false;
};
// Aligned columns without borders, widths from the first 1000 rows.
[[nodiscard]] std::unique_ptr<Sink>
table_sink(Pager& pager, std::vector<Column> columns, TableStyle style);

// A value as people read it: null as `-`, strings as they are, but harmless.
[[nodiscard]] std::string cell_text(const Json* value);
[[nodiscard]] std::string json_text(const Json& value, int indent = -1);

}  // namespace usagectl::cli
