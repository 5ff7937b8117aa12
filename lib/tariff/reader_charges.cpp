// SPDX-License-Identifier: MIT
#include <algorithm>

#include "base/text.hpp"
#include "tariff/reader_parts.hpp"

namespace usagectl::tariff {

namespace {

// Prices by usage of the cycle: each tier ends above the one before, the last has no end.
std::vector<Tier> read_tiers(const Fields& fields, Draft& draft) {
    std::vector<Tier> tiers;
    auto tables = fields.list("tiers");
    if (tables.size() > most_tiers) {
        draft.add(tables[most_tiers]->place, "there are more than 64 tiers");
        tables.resize(most_tiers);
    }
    for (std::size_t at = 0; at < tables.size(); ++at) {
        const Fields tier(format(), *tables[at], tables[at]->place, "tier", draft.mistakes);
        const bool last = at + 1 == tables.size();
        const auto limit = tier.energy_wh("up_to_kwh");
        if (last && tier.has("up_to_kwh")) {
            draft.add(
                tier.place_of("up_to_kwh"),
                "the last tier has an upper limit: usage above it would have no price",
                "leave up_to_kwh out of the last tier"
            );
        } else if (!last && !tier.has("up_to_kwh")) {
            draft.add(
                tier.place(),
                "a tier before the last has no upper limit",
                "add up_to_kwh, the usage of the cycle at which the next tier begins"
            );
        } else if (limit && !tiers.empty() && *limit <= tiers.back().below_wh) {
            draft.add(
                tier.place_of("up_to_kwh"),
                "the tiers do not ascend",
                "write the tier with the lowest limit first"
            );
        }
        Tier read;
        if (limit)
            read.below_wh = *limit;
        read.rate = tier.rate("per_kwh").value_or(Rate());
        tiers.push_back(read);
    }
    return tiers;
}

// The key a component's price stands under, which also says what it is a price of.
struct Price {
    std::string_view key;
    Basis basis;
};
constexpr std::array prices{
    Price{"per_kwh", Basis::per_kwh},
    Price{"estimated", Basis::per_kwh},
    Price{"per_day", Basis::per_day},
    Price{"amount", Basis::each},
    Price{"percent", Basis::percent},
};

Component read_component(const Fields& fields, Kind kind, Draft& draft) {
    Component component;
    component.kind = kind;
    component.name = fields.text("name");
    component.jurisdiction = fields.text("jurisdiction");
    component.seasons = named_bits(fields, "seasons", "season", season_names(draft.tariff), draft);
    component.periods = named_bits(fields, "periods", "period", period_names(draft.tariff), draft);
    component.tiers = read_tiers(fields, draft);
    for (const auto& price : prices) {
        if (const auto rate = fields.rate(price.key)) {
            component.basis = price.basis;
            component.tiers.assign(1, Tier{.rate = *rate});
        }
    }
    if (component.tiers.empty())
        component.tiers.emplace_back();
    for (const auto* name : fields.list("exemptions"))
        component.exemptions.push_back(name->text);
    component.event = fields.text("event");
    component.method = fields.text("method");
    if (!component.method.empty() && !component.event.empty() &&
        component.event != "notification") {
        draft.add(
            fields.place_of("method"),
            "only a fee for a notification has a method",
            "remove method, or write event = \"notification\""
        );
    }
    return component;
}

void add_component(Component component, const Fields& fields, Draft& draft) {
    auto& all = draft.tariff.components;
    const auto same = std::find_if(all.begin(), all.end(), [&](const Component& other) {
        return !component.name.empty() && other.name == component.name;
    });
    if (same != all.end()) {
        const auto line = draft.components[static_cast<std::size_t>(same - all.begin())].line;
        draft.add(
            fields.place_of("name"),
            "the name " + quoted(component.name) + " is taken in line " + std::to_string(line),
            "every charge has a name of its own"
        );
    }
    all.push_back(std::move(component));
    draft.components.push_back(fields.place());
}

// Tables that name other components, looked at once all names are known.
struct Later {
    std::size_t component;
    Fields fields;
};

// What a minimum or a tax may count, and what it counts when it names nothing.
bool may_count(Kind counting, Kind counted) {
    return counted != Kind::tax && (counting == Kind::tax || counted != Kind::minimum);
}

bool counts_by_default(Kind counting, Kind counted) {
    if (!may_count(counting, counted))
        return false;
    if (counting == Kind::tax)
        return counted != Kind::generation;
    return counted != Kind::option && counted != Kind::fee;
}

void resolve(const Later& later, Draft& draft) {
    auto& all = draft.tariff.components;
    auto& counting = all[later.component];
    std::vector<std::string_view> names;
    for (const auto& component : all)
        names.push_back(component.name);
    if (!later.fields.has("on")) {
        for (std::size_t at = 0; at < all.size(); ++at) {
            if (counts_by_default(counting.kind, all[at].kind))
                counting.on |= bit(at);
        }
        return;
    }
    if (counting.kind == Kind::tax && counting.basis != Basis::percent) {
        draft.add(
            later.fields.place_of("on"),
            "a flat tax is on no charges",
            "remove on, or write the tax as percent"
        );
    }
    counting.on = named_bits(later.fields, "on", "charge", names, draft);
    for (const auto* name : later.fields.list("on")) {
        for (const auto& component : all) {
            if (component.name == name->text && !may_count(counting.kind, component.kind)) {
                draft.add(
                    name->place,
                    counting.name + " cannot count " + quoted(component.name) + ", a " +
                        std::string(to_string(component.kind)),
                    "name charges that are known before it"
                );
            }
        }
    }
}

// An event is charged once: by its method, or whatever the method.
void check_fees(Draft& draft) {
    const auto& all = draft.tariff.components;
    for (std::size_t at = 0; at < all.size(); ++at) {
        for (std::size_t before = 0; before < at; ++before) {
            const auto& one = all[at];
            const auto& other = all[before];
            if (one.kind != Kind::fee || other.kind != Kind::fee || one.event.empty() ||
                one.event != other.event || one.method != other.method)
                continue;
            draft.add(
                draft.components[at],
                quoted(other.name) + " in line " + std::to_string(draft.components[before].line) +
                    " is a fee for the same event",
                "leave one of them out"
            );
        }
    }
}

struct Section {
    std::string_view key;
    Kind kind;
};
constexpr std::array sections{
    Section{"energy", Kind::energy},
    Section{"delivery", Kind::delivery},
    Section{"pca", Kind::pca},
    Section{"fixed", Kind::fixed},
    Section{"option", Kind::option},
    Section{"generation", Kind::generation},
    Section{"minimum", Kind::minimum},
    Section{"fee", Kind::fee},
    Section{"tax", Kind::tax},
};

// Where there are energy prices, every period of every season has exactly one.
void check_prices(Draft& draft) {
    const auto& tariff = draft.tariff;
    for (std::size_t season = 0; season < tariff.seasons.size(); ++season) {
        Bits used = 0;
        for (const auto& schedule : tariff.schedules) {
            if ((schedule.seasons & bit(season)) == 0)
                continue;
            for (const auto period : schedule.period)
                used |= bit(period);
        }
        Bits priced = 0;
        const auto place_name = [&](std::size_t period) {
            std::string text = tariff.periods[period].empty()
                                   ? "energy"
                                   : "period " + quoted(tariff.periods[period]);
            if (!tariff.seasons[season].name.empty())
                text += " in season " + quoted(tariff.seasons[season].name);
            return text;
        };
        for (std::size_t at = 0; at < tariff.components.size(); ++at) {
            const auto& component = tariff.components[at];
            if (component.kind != Kind::energy || (component.seasons & bit(season)) == 0)
                continue;
            for (std::size_t period = 0; period < tariff.periods.size(); ++period) {
                const auto one = bit(period) & component.periods & used;
                if ((priced & one) != 0) {
                    draft.add(
                        draft.components[at],
                        place_name(period) + " has two energy prices",
                        "an addition to a price is a [[delivery]] or the [pca]"
                    );
                }
                priced |= one;
            }
        }
        for (std::size_t period = 0; period < tariff.periods.size(); ++period) {
            if ((used & ~priced & bit(period)) != 0) {
                draft.add(
                    draft.periods[period],
                    place_name(period) + " has no energy price",
                    "add [[energy]], or name the period in the one that is meant"
                );
            }
        }
    }
}

}  // namespace

void read_charges(const Fields& root, Draft& draft) {
    std::vector<Later> later;
    bool priced = false;
    bool any = false;
    for (const auto& section : sections) {
        any = any || root.has(section.key);
        for (const auto* table : root.list(section.key)) {
            Fields fields(format(), *table, table->place, section.key, draft.mistakes);
            add_component(read_component(fields, section.kind, draft), fields, draft);
            priced = priced || section.kind == Kind::energy;
            if (section.kind == Kind::minimum || section.kind == Kind::tax)
                later.push_back({draft.tariff.components.size() - 1, std::move(fields)});
        }
    }
    if (!any)
        draft.add(root.place(), "the tariff charges nothing", "add [[energy]] with a price");
    if (draft.tariff.components.size() > most_components) {
        draft.add(draft.components[most_components], "there are more than 64 charges");
        return;
    }
    for (const auto& one : later)
        resolve(one, draft);
    check_fees(draft);
    if (priced && draft.calendar_sound)
        check_prices(draft);
}

}  // namespace usagectl::tariff
