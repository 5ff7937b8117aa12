// SPDX-License-Identifier: MIT
#include "meter/espi_verdict.hpp"

#include <span>
#include <string_view>

namespace usagectl::meter {

namespace {

struct Code {
    std::int64_t value;
    std::string_view name;
};

// Codes of usage.xsd that real files carry; any other is refused by its number.
constexpr Code commodities[] = {
    {7, "natural gas"},
    {9, "potable water"},
    {26, "transmission"},
};
constexpr Code units[] = {
    {0, "no unit"},
    {5, "current in A"},
    {29, "voltage in V"},
    {38, "power in W, not energy"},
    {42, "volume in m3"},
    {61, "apparent power in VA"},
    {63, "reactive power in VAr"},
    {71, "apparent energy in VAh"},
    {73, "reactive energy in VArh"},
    {80, "currency"},
    {119, "volume in ft3"},
    {128, "volume in US gallons"},
    {132, "heat in BTU"},
    {169, "heat in therms"},
};
constexpr Code kinds[] = {
    {3, "currency"},
    {8, "demand"},
    {37, "power, not energy"},
    {54, "voltage"},
    {58, "volume"},
};
constexpr Code accumulations[] = {
    {1, "bulk quantity"},
    {2, "continuous cumulative"},
    {3, "cumulative"},
    {6, "indicating"},
    {9, "summation"},
    {12, "instantaneous"},
    {13, "latching"},
    {14, "bounded"},
};
constexpr Code qualifiers[] = {
    {2, "average"},
    {8, "maximum"},
    {9, "minimum"},
};
constexpr Code flows[] = {
    {20, "total, both ways added"},
};
constexpr Code services[] = {
    {1, "gas"},
    {2, "water"},
};

// `what` `code` `is` its name: "uom 169 is heat in therms".
std::string name_code(std::string_view what, std::int64_t code, std::span<const Code> names) {
    std::string sentence = std::string(what) + " " + std::to_string(code);
    for (const Code& known : names) {
        if (known.value == code)
            return sentence + " is " + std::string(known.name);
    }
    return sentence + " is not electrical energy per interval";
}

// An element that is not there leaves the question open, and is taken for the usual answer.
bool is_one_of(std::optional<std::int64_t> code, std::initializer_list<std::int64_t> accepted) {
    if (!code)
        return true;
    for (const std::int64_t known : accepted) {
        if (*code == known)
            return true;
    }
    return false;
}

std::string refuse_type(const EspiReadingType& type) {
    if (!type.fault.empty())
        return "the ReadingType cannot be read: " + type.fault;
    if (!is_one_of(type.commodity, {0, 1, 2}))
        return name_code("commodity", *type.commodity, commodities);
    if (!type.unit)
        return "the ReadingType names no unit (uom)";
    if (*type.unit != 72)
        return name_code("uom", *type.unit, units);
    if (!is_one_of(type.kind, {0, 12}))
        return name_code("kind", *type.kind, kinds);
    if (!is_one_of(type.accumulation, {0, 4}))
        return name_code("accumulationBehaviour", *type.accumulation, accumulations);
    if (!is_one_of(type.qualifier, {0, 12, 26}))
        return name_code("dataQualifier", *type.qualifier, qualifiers);
    if (!is_one_of(type.flow, {0, 1, 4, 19}))
        return name_code("flowDirection", *type.flow, flows);
    return {};
}

}  // namespace

EspiVerdict judge_espi(const EspiReadingType& type) {
    EspiVerdict verdict;
    verdict.refusal = refuse_type(type);
    verdict.channel = type.flow == 19 ? Channel::generation : Channel::consumption;
    verdict.net = type.flow == 4;
    verdict.multiplier = static_cast<int>(type.multiplier.value_or(0));
    verdict.interval_length = type.interval_length.value_or(0);
    return verdict;
}

std::string refuse_espi_service(const EspiUsagePoint& point) {
    if (is_one_of(point.service_kind, {0}))
        return {};
    return name_code("service kind", *point.service_kind, services);
}

std::optional<EspiEnergy> espi_energy(std::int64_t value, int multiplier) {
    EspiEnergy energy{value, false};
    for (; multiplier > 0; --multiplier) {
        if (__builtin_mul_overflow(energy.wh, 10, &energy.wh))
            return {};
    }
    std::int64_t divisor = 1;
    for (; multiplier < 0; ++multiplier)
        divisor *= 10;
    const std::int64_t rest = energy.wh % divisor;
    energy.wh /= divisor;
    energy.rounded = rest != 0;
    const std::int64_t doubled = 2 * (rest < 0 ? -rest : rest);
    if (doubled > divisor || (doubled == divisor && energy.wh % 2 != 0))
        energy.wh += value < 0 ? -1 : 1;
    return energy;
}

}  // namespace usagectl::meter
