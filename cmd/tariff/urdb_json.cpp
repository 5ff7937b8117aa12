// SPDX-License-Identifier: MIT
#include "tariff/urdb_json.hpp"

#include <algorithm>
#include <array>

#include "cli/context.hpp"

namespace usagectl {

namespace {

using cli::Json;

constexpr std::size_t deepest = 32;
constexpr std::size_t most_tiers = 64;

struct Malformed {
    std::string message;
};

// Builds the value with every number as the text it was written as: none goes through binary
// floating point.
class TextNumbers final : public nlohmann::json_sax<Json> {
public:
    Json root;

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return put(std::to_string(value)); }
    bool number_float(number_float_t, const string_t& text) override { return put(text); }
    bool string(string_t& value) override { return put(value); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool key(string_t& value) override {
        key_ = value;
        return true;
    }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool
    parse_error(std::size_t at, const std::string&, const nlohmann::json::exception&) override {
        throw Malformed{"the file is not JSON at byte " + std::to_string(at)};
    }

private:
    Json* place(Json value) {
        if (open_.empty()) {
            root = std::move(value);
            return &root;
        }
        if (open_.back()->is_array()) {
            open_.back()->push_back(std::move(value));
            return &open_.back()->back();
        }
        auto& slot = (*open_.back())[key_];
        slot = std::move(value);
        return &slot;
    }
    bool put(Json value) {
        place(std::move(value));
        return true;
    }
    bool open(Json value) {
        if (open_.size() == deepest)
            throw Malformed{"the file is nested too deeply"};
        open_.push_back(place(std::move(value)));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    std::vector<Json*> open_;
    std::string key_;
};

const Json* find(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string text_of(const Json& object, const char* key) {
    const auto* value = find(object, key);
    if (value != nullptr && !value->is_string())
        throw Malformed{std::string(key) + " is no text"};
    return value == nullptr ? std::string() : value->get<std::string>();
}

std::optional<std::string> number_of(const Json& object, const char* key) {
    auto text = text_of(object, key);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::vector<std::vector<tariff::UrdbTier>> energy_of(const Json& structure) {
    if (!structure.is_array())
        throw Malformed{"energyratestructure is no list"};
    std::vector<std::vector<tariff::UrdbTier>> periods;
    for (const auto& list : structure) {
        if (!list.is_array() || list.size() > most_tiers)
            throw Malformed{"a period of energyratestructure is no list of tiers"};
        auto& tiers = periods.emplace_back();
        for (const auto& tier : list) {
            if (!tier.is_object())
                throw Malformed{"a tier of energyratestructure is no object"};
            tiers.push_back(
                {number_of(tier, "rate"),
                 number_of(tier, "adj"),
                 number_of(tier, "sell"),
                 number_of(tier, "max"),
                 text_of(tier, "unit")}
            );
        }
    }
    return periods;
}

std::optional<tariff::UrdbHours> hours_of(const Json& rate, const char* key) {
    const auto* months = find(rate, key);
    if (months == nullptr)
        return std::nullopt;
    const auto wrong = Malformed{std::string(key) + " is not 12 months of 24 hours"};
    tariff::UrdbHours hours{};
    if (!months->is_array() || months->size() != hours.size())
        throw wrong;
    for (std::size_t month = 0; month < hours.size(); ++month) {
        const auto& row = (*months)[month];
        if (!row.is_array() || row.size() != hours[month].size())
            throw wrong;
        for (std::size_t hour = 0; hour < row.size(); ++hour) {
            const auto text = row[hour].is_string() ? row[hour].get<std::string>() : "";
            if (text.empty() || text.size() > 2 ||
                text.find_first_not_of("0123456789") != std::string::npos)
                throw wrong;
            hours[month][hour] = static_cast<std::size_t>(std::stoul(text));
        }
    }
    return hours;
}

// Keys that are read, and keys that say nothing about what is charged.
bool is_known(const std::string& key) {
    static constexpr std::array known{
        "name",
        "label",
        "utility",
        "startdate",
        "energyratestructure",
        "energyweekdayschedule",
        "energyweekendschedule",
        "fixedchargefirstmeter",
        "fixedchargeunits",
        "mincharge",
        "minchargeunits",
        "uri",
        "source",
        "sourceparent",
        "approved",
        "is_default",
        "country",
        "description",
        "eiaid",
        "basicinformationcomments",
        "energycomments",
        "supersedes",
        "revisions",
        "latest_update",
        "sector",
        "servicetype",
        "voltagecategory",
        "phasewiring",
    };
    return std::find(known.begin(), known.end(), key) != known.end();
}

std::string reason_for(const std::string& key) {
    if (key == "enddate")
        return "a version ends when the next becomes effective";
    if (key.find("demand") != std::string::npos || key.find("coincident") != std::string::npos)
        return "demand is not charged here";
    if (key == "dgrules")
        return "a credit is a price per kWh here";
    if (key.find("fueladjustments") == 0)
        return "add it to the [pca]";
    return "it has no place in a tariff here";
}

UrdbFile read_rate(const Json& root) {
    UrdbFile file;
    const Json* rate = &root;
    if (const auto* items = root.is_object() ? find(root, "items") : nullptr) {
        if (!items->is_array() || items->empty())
            throw Malformed{"items has no rate"};
        if (items->size() > 1) {
            file.left_out.push_back({"items[1]", "and those after it: one rate is read, the first"}
            );
        }
        rate = &(*items)[0];
    }
    if (!rate->is_object())
        throw Malformed{"the file is no rate"};
    auto& read = file.rate;
    read.name = text_of(*rate, "name");
    read.label = text_of(*rate, "label");
    read.utility = text_of(*rate, "utility");
    if (const auto start = number_of(*rate, "startdate")) {
        if (start->size() <= 11 && start->find_first_not_of("0123456789") == std::string::npos)
            read.startdate = std::stoll(*start);
    }
    if (const auto* structure = find(*rate, "energyratestructure"))
        read.energy = energy_of(*structure);
    read.weekday = hours_of(*rate, "energyweekdayschedule");
    read.weekend = hours_of(*rate, "energyweekendschedule");
    read.fixed = number_of(*rate, "fixedchargefirstmeter");
    read.fixed_unit = text_of(*rate, "fixedchargeunits");
    read.minimum = number_of(*rate, "mincharge");
    read.minimum_unit = text_of(*rate, "minchargeunits");
    for (const auto& [key, value] : rate->items()) {
        const bool empty = value.is_null() || value == "" || (value.is_array() && value.empty());
        if (!empty && !is_known(key))
            file.left_out.push_back({key, reason_for(key)});
    }
    return file;
}

}  // namespace

Result<UrdbFile> read_urdb(std::string_view text) {
    try {
        TextNumbers numbers;
        Json::sax_parse(text, &numbers);
        return read_rate(numbers.root);
    } catch (const Malformed& malformed) {
        return refuse(Exit::rejected, "urdb_malformed", malformed.message);
    }
}

}  // namespace usagectl
