// SPDX-License-Identifier: MIT
#include "legacy/bill_row.hpp"

namespace usagectl::legacy {

namespace {

using reconcile::Part;

constexpr Money most = Money::from_micro(1'000'000'000'000'000);

Error reject(std::string_view code, std::string message, std::string hint = {}) {
    return {Exit::rejected, std::string(code), std::move(message), std::move(hint)};
}

Money amount(Row& row, std::string_view column) {
    const auto read = row.money(column, Sign::allowed).value_or(Money());
    if (read > most || read < -most)
        row.fail(column, reject("amount_out_of_range", format_money(read) + " is no bill"));
    return read;
}

// A price for the cycle's usage.
Money priced(Row& row, std::string_view column, Rate rate, std::int64_t wh) {
    const auto price = price_energy(rate, wh, Rounding::half_even);
    if (!price)
        row.fail(column, reject("amount_out_of_range", "the price of the usage is no bill"));
    return price.value_or(Money());
}

Money energy_of(Row& row, const GivenRates& given, std::int64_t wh) {
    constexpr std::string_view column = "energy_charge";
    if (!row.text(column).empty())
        return amount(row, column);
    if (given.base)
        return priced(row, column, *given.base, wh);
    row.fail(
        column,
        reject(
            "energy_charge_missing", "the bill has none, and no base rate was given", "--base-rate"
        )
    );
    return {};
}

Money pca_of(Row& row, const GivenRates& given, std::int64_t wh) {
    const auto rate = row.rate("pca_rate");
    const bool has_amount = !row.text("pca_amount").empty();
    if (rate && has_amount)
        row.fail("pca_rate", reject("pca_twice", "the bill has a rate and an amount"));
    if (has_amount)
        return amount(row, "pca_amount");
    if (rate)
        return priced(row, "pca_rate", *rate, wh);
    if (given.pca)
        return priced(row, "pca_rate", *given.pca, wh);
    row.fail(
        "pca_rate", reject("pca_missing", "the bill has no PCA, and none was given", "--pca-rate")
    );
    return {};
}

}  // namespace

Result<reconcile::Bill>
read_bill(const Header& header, const CsvRecord& record, const GivenRates& given) {
    Row row(header, record);
    reconcile::Bill bill;
    bill.account = row.text("account");
    if (const auto id = account::AccountId::parse(bill.account); !id)
        row.fail("account", id.error());
    bill.first = row.date("cycle_start").value_or(LocalDay());
    bill.last = row.date("cycle_end").value_or(LocalDay());
    bill.days = row.count("days_in_cycle", 0, 9999).value_or(0);
    bill.wh = row.energy_wh("kwh").value_or(0);
    bill.begin_wh = row.energy_wh("begin_reading");
    bill.end_wh = row.energy_wh("end_reading");
    if (bill.wh > reconcile::most_wh) {
        row.fail(
            "kwh",
            reject(
                "kwh_out_of_range", reconcile::kwh_text(bill.wh) + " kWh cannot be a cycle's usage"
            )
        );
        return tl::unexpected(*row.error());
    }
    bill.amounts[Part::energy] = energy_of(row, given, bill.wh);
    bill.amounts[Part::pca] = pca_of(row, given, bill.wh);
    bill.amounts[Part::delivery] = amount(row, "delivery_charge");
    bill.amounts[Part::base] = amount(row, "base_charge");
    bill.amounts[Part::taxes] = amount(row, "taxes");
    bill.amounts[Part::additional] = amount(row, "additional_charges");
    bill.total = row.money("total", Sign::allowed);
    if (row.error())
        return tl::unexpected(*row.error());
    return bill;
}

}  // namespace usagectl::legacy
