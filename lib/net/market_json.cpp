// SPDX-License-Identifier: MIT
#include "net/market_json.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/number.hpp"

namespace usagectl::net {
namespace {

[[nodiscard]] char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] bool same_name(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char l, char r) {
        return lower(l) == lower(r);
    });
}

// A JSON number without its exponent, digit by digit.
[[nodiscard]] std::string plain_decimal(const std::string& number) {
    constexpr std::int64_t furthest = 40;
    const auto e = number.find_first_of("eE");
    if (e == std::string::npos)
        return number;
    std::string_view exponent = std::string_view(number).substr(e + 1);
    if (exponent.starts_with('+'))
        exponent.remove_prefix(1);
    const auto shift = parse_integer(exponent, -furthest, furthest);
    if (!shift)
        return number;

    const bool negative = number.front() == '-';
    std::string digits = number.substr(negative ? 1 : 0, e - (negative ? 1 : 0));
    auto point = static_cast<std::int64_t>(digits.find('.'));
    if (digits.find('.') == std::string::npos)
        point = static_cast<std::int64_t>(digits.size());
    else
        digits.erase(static_cast<std::size_t>(point), 1);
    point += *shift;
    if (point <= 0) {
        digits.insert(0, static_cast<std::size_t>(1 - point), '0');
        point = 1;
    }
    if (point > static_cast<std::int64_t>(digits.size()))
        digits.append(static_cast<std::size_t>(point) - digits.size(), '0');
    if (point < static_cast<std::int64_t>(digits.size()))
        digits.insert(static_cast<std::size_t>(point), 1, '.');
    return (negative ? "-" : "") + digits;
}

// Receives the parser's events; returning false stops it.
class Builder {
public:
    explicit Builder(Json& root)
        : root_(root) {}

    bool null() { return put({}); }
    bool boolean(bool truth) {
        Json value;
        value.kind = Json::Kind::boolean;
        value.truth = truth;
        return put(std::move(value));
    }
    bool number_integer(std::int64_t number) { return scalar(Json::Kind::number, number); }
    bool number_unsigned(std::uint64_t number) { return scalar(Json::Kind::number, number); }
    // The value as the parser rounded it has no name and no use here.
    template <class Rounded>
    bool number_float(Rounded, const std::string& written) {
        return scalar(Json::Kind::number, plain_decimal(written));
    }
    bool string(std::string& text) { return scalar(Json::Kind::text, std::move(text)); }
    template <class Binary>
    bool binary(Binary&) {
        return false;
    }
    bool start_object(std::size_t) { return open(Json::Kind::object); }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(Json::Kind::list); }
    bool end_array() { return close(); }
    bool key(std::string& name) {
        name_ = std::move(name);
        return true;
    }
    template <class Exception>
    bool parse_error(std::size_t position, const std::string&, const Exception&) {
        fault_ = "is no JSON at byte " + std::to_string(position);
        return false;
    }

    [[nodiscard]] const std::string& fault() const { return fault_; }

private:
    bool scalar(Json::Kind kind, std::string text) {
        Json value;
        value.kind = kind;
        value.text = std::move(text);
        return put(std::move(value));
    }
    template <class Number>
    bool scalar(Json::Kind kind, Number number) {
        return scalar(kind, std::to_string(number));
    }

    bool put(Json value) { return place(std::move(value)) != nullptr; }

    Json* place(Json value) {
        if (++values_ > most_json_values) {
            fault_ = "has more than " + std::to_string(most_json_values) + " values";
            return nullptr;
        }
        if (open_.empty()) {
            root_ = std::move(value);
            return &root_;
        }
        Json& parent = *open_.back();
        if (parent.is(Json::Kind::object))
            parent.names.push_back(std::move(name_));
        return &parent.items.emplace_back(std::move(value));
    }

    // A pointer into a parent's vector stays good while it is open: the parent gets no other child
    // before this one is closed.
    bool open(Json::Kind kind) {
        if (open_.size() == most_json_depth) {
            fault_ = "is nested more than " + std::to_string(most_json_depth) + " deep";
            return false;
        }
        Json value;
        value.kind = kind;
        Json* placed = place(std::move(value));
        if (placed != nullptr)
            open_.push_back(placed);
        return placed != nullptr;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    Json& root_;
    std::vector<Json*> open_;
    std::string name_;
    std::string fault_;
    std::size_t values_ = 0;
};

[[nodiscard]] std::string in_quotes(std::string_view text) {
    // What is no UTF-8 becomes a replacement character instead of an exception.
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

const Json* Json::find(std::initializer_list<std::string_view> wanted) const {
    for (const std::string_view name : wanted) {
        for (std::size_t at = 0; at < names.size(); ++at) {
            if (same_name(names[at], name))
                return &items[at];
        }
    }
    return nullptr;
}

std::string_view Json::word(std::initializer_list<std::string_view> wanted) const {
    const Json* found = find(wanted);
    if (found == nullptr || (!found->is(Kind::text) && !found->is(Kind::number)))
        return {};
    return found->text;
}

Result<Json> parse_json(std::string_view text) {
    Json root;
    Builder builder(root);
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
        return refuse(
            Exit::unavailable, "market_answer_malformed", "the answer " + builder.fault()
        );
    }
    return root;
}

void JsonObject::name(std::string_view name) {
    text_ += text_.empty() ? '{' : ',';
    text_ += in_quotes(name) + ':';
}

JsonObject& JsonObject::text(std::string_view key, std::string_view value) {
    name(key);
    text_ += in_quotes(value);
    return *this;
}

JsonObject& JsonObject::null(std::string_view key) {
    name(key);
    text_ += "null";
    return *this;
}

JsonObject& JsonObject::list(std::string_view key, std::span<const std::string> values) {
    name(key);
    text_ += '[';
    for (std::size_t at = 0; at != values.size(); ++at)
        text_ += (at == 0 ? "" : ",") + in_quotes(values[at]);
    text_ += ']';
    return *this;
}

std::string JsonObject::take() {
    return text_.empty() ? "{}" : std::exchange(text_, {}) + '}';
}

}  // namespace usagectl::net
