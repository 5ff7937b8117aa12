// SPDX-License-Identifier: MIT
// Tariff files for the cases, and adding them.
#pragma once

#include <string>

#include "app/tariffs.hpp"
#include "store/place.hpp"

namespace usagectl::test {

inline std::string
flat_text(const std::string& name, const std::string& effective, const std::string& rate = "0.10") {
    return "name = \"" + name + "\"\neffective = " + effective + "\ncurrency = \"USD\"\n" +
           "[[energy]]\nname = \"Energy\"\nper_kwh = \"" + rate + "\"\n";
}

inline const app::Actor ann{"ann", "root", "tariff add", "[]"};

inline Result<app::TariffAdded>
add(app::Store& store, const std::string& text, bool dry_run = false) {
    const FixedClock clock(some_day);
    return app::add_tariff(store, {"f.toml", text, dry_run, {}}, ann, clock);
}

}  // namespace usagectl::test
