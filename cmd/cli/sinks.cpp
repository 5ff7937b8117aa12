// SPDX-License-Identifier: MIT
#include "cli/sinks.hpp"

#include <utility>

#include "base/csv.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

class JsonSink final : public Sink {
public:
    JsonSink(std::ostream& out, std::string list, bool pretty)
        : out_(out)
        , list_(std::move(list))
        , pretty_(pretty) {}

    void begin(const Json& root) override {
        auto text = json_text(root, pretty_ ? 2 : -1);
        // The root is never empty: it has its schema. Its closing brace waits for the list.
        text.resize(text.size() - (pretty_ ? 2 : 1));
        out_ << text;
        if (!list_.empty())
            out_ << (pretty_ ? ",\n  \"" : ",\"") << list_ << (pretty_ ? "\": [" : "\":[");
    }
    void item(const Json& item) override {
        out_ << (first_ ? "" : ",") << (pretty_ ? "\n    " : "") << json_text(item);
        first_ = false;
    }
    void end() override {
        if (!list_.empty())
            out_ << (pretty_ && !first_ ? "\n  ]" : "]");
        out_ << (pretty_ ? "\n}\n" : "}\n");
    }

private:
    std::ostream& out_;
    std::string list_;
    bool pretty_;
    bool first_ = true;
};

class JsonLinesSink final : public Sink {
public:
    explicit JsonLinesSink(std::ostream& out)
        : out_(out) {}
    void begin(const Json&) override {}
    void item(const Json& item) override { out_ << json_text(item) << '\n'; }
    void end() override {}

private:
    std::ostream& out_;
};

void run_jq(const Jq& jq, const Json& document, std::ostream& out) {
    const auto done =
        jq.run(json_text(document), [&out](std::string_view text) { out << text << '\n'; });
    if (!done)
        throw Refusal(done.error());
}

class JqSink final : public Sink {
public:
    JqSink(std::ostream& out, std::string list, const Jq& jq)
        : out_(out)
        , list_(std::move(list))
        , jq_(jq) {}

    void begin(const Json& root) override {
        document_ = root;
        if (!list_.empty())
            document_[list_] = Json::array();
    }
    void item(const Json& item) override { document_[list_].push_back(item); }
    void end() override { run_jq(jq_, document_, out_); }

private:
    std::ostream& out_;
    std::string list_;
    const Jq& jq_;
    Json document_;
};

class JqLinesSink final : public Sink {
public:
    JqLinesSink(std::ostream& out, const Jq& jq)
        : out_(out)
        , jq_(jq) {}
    void begin(const Json&) override {}
    void item(const Json& item) override { run_jq(jq_, item, out_); }
    void end() override {}

private:
    std::ostream& out_;
    const Jq& jq_;
};

class SeparatedSink final : public Sink {
public:
    SeparatedSink(std::ostream& out, Separated kind, std::vector<std::string> paths, bool header)
        : out_(out)
        , kind_(kind)
        , paths_(std::move(paths))
        , header_(header) {}

    void begin(const Json&) override {
        if (!header_)
            return;
        for (const auto& path : paths_)
            put(path, &path == &paths_.back());
    }
    void item(const Json& item) override {
        for (const auto& path : paths_)
            put(text_of(value_at(item, path)), &path == &paths_.back());
    }
    void end() override {}

private:
    static std::string text_of(const Json* value) {
        if (value == nullptr || value->is_null())
            return {};
        if (value->is_string())
            return value->get<std::string>();
        return json_text(*value);
    }
    void put(const std::string& text, bool last) {
        if (kind_ == Separated::comma) {
            out_ << csv_field(text);
        } else {
            put_escaped(text);
        }
        out_ << (last ? '\n' : kind_ == Separated::comma ? ',' : '\t');
    }
    void put_escaped(const std::string& text) {
        for (const char c : text) {
            switch (c) {
            case '\t':
                out_ << "\\t";
                break;
            case '\n':
                out_ << "\\n";
                break;
            case '\r':
                out_ << "\\r";
                break;
            case '\\':
                out_ << "\\\\";
                break;
            default:
                out_ << c;
            }
        }
    }

    std::ostream& out_;
    Separated kind_;
    std::vector<std::string> paths_;
    bool header_;
};

}  // namespace

std::string json_text(const Json& value, int indent) {
    return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string cell_text(const Json* value) {
    if (value == nullptr || value->is_null())
        return "-";
    if (value->is_string())
        return harmless(value->get_ref<const std::string&>());
    if (!value->is_array())
        return harmless(json_text(*value));
    std::string out;
    for (const auto& element : *value) {
        if (!out.empty())
            out += ", ";
        out += cell_text(&element);
    }
    return out.empty() ? "-" : out;
}

std::unique_ptr<Sink> json_sink(std::ostream& out, std::string list, bool pretty) {
    return std::make_unique<JsonSink>(out, std::move(list), pretty);
}

std::unique_ptr<Sink> jsonl_sink(std::ostream& out) {
    return std::make_unique<JsonLinesSink>(out);
}

std::unique_ptr<Sink> jq_sink(std::ostream& out, std::string list, const Jq& jq) {
    return std::make_unique<JqSink>(out, std::move(list), jq);
}

std::unique_ptr<Sink> jq_lines_sink(std::ostream& out, const Jq& jq) {
    return std::make_unique<JqLinesSink>(out, jq);
}

std::unique_ptr<Sink>
separated_sink(std::ostream& out, Separated kind, std::vector<std::string> paths, bool header) {
    return std::make_unique<SeparatedSink>(out, kind, std::move(paths), header);
}

}  // namespace usagectl::cli
