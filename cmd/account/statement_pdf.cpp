// SPDX-License-Identifier: MIT
#include "account/statement_pdf.hpp"

#include <algorithm>
#include <array>

#include "meter/kwh.hpp"
#include "paper/document.hpp"

namespace usagectl {

namespace {

using paper::Align;

struct Words {
    std::string_view title, account, meter, period, usage_by_month, month, usage, charges, average,
        payments, reversed, adjustments, balance, total, what_for, amount, opening, closing, page,
        note, setup;
    std::array<std::string_view, 12> months;
    std::array<std::pair<std::string_view, std::string_view>, 10> kinds;
};

constexpr Words english{
    "Summary of usage and payment",
    "Account",
    "Meter",
    "Period",
    "Usage by month, kWh",
    "Month",
    "Usage kWh",
    "Charges",
    "Average per kWh",
    "Payments",
    "Returned",
    "Adjustments",
    "Balance",
    "Total",
    "What the charges were for",
    "Amount",
    "Balance at the beginning",
    "Balance at the end",
    "Page",
    "Charges include taxes and fees. The average is all charges of the month for each kWh used.",
    "Unbilled usage and past due before prepay",
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
    {{{"energy", "energy"},
      {"delivery", "delivery"},
      {"pca", "power cost adjustment"},
      {"fixed", "daily charge"},
      {"option", "option"},
      {"generation", "credit for generation"},
      {"minimum", "minimum charge"},
      {"fee", "fee"},
      {"tax", "tax"},
      {"legacy", ""}}}};

constexpr Words spanish{
    "Resumen de consumo y pagos",
    "Cuenta",
    "Medidor",
    "Período",
    "Consumo por mes, kWh",
    "Mes",
    "Consumo kWh",
    "Cargos",
    "Promedio por kWh",
    "Pagos",
    "Devueltos",
    "Ajustes",
    "Saldo",
    "Total",
    "Detalle de los cargos",
    "Importe",
    "Saldo inicial",
    "Saldo final",
    "Página",
    "Los cargos incluyen impuestos y tarifas. El promedio es el total de cargos del mes por cada "
    "kWh consumido.",
    "Consumo no facturado y saldo vencido antes del prepago",
    {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"},
    {{{"energy", "energía"},
      {"delivery", "distribución"},
      {"pca", "ajuste por costo de energía"},
      {"fixed", "cargo diario"},
      {"option", "opción"},
      {"generation", "crédito por generación"},
      {"minimum", "cargo mínimo"},
      {"fee", "tarifa"},
      {"tax", "impuesto"},
      {"legacy", ""}}}};

constexpr int left = 540;
constexpr int right = paper::Document::letter_width - 540;
constexpr int bottom = 560;
constexpr std::uint32_t blue = 0x2f6f9f;
constexpr std::uint32_t pale = 0xeef3f7;
constexpr std::uint32_t grey = 0x707070;

// Half-even to whole kWh: a picture needs no more.
std::string whole_kwh(std::int64_t wh) {
    return std::to_string(static_cast<std::int64_t>(divide(wh, 1000, Rounding::half_even)));
}

// Six decimals, so that a column of prices stands in line.
std::string price_text(Money price) {
    auto text = format_money(price);
    const auto decimals = text.size() - text.find('.') - 1;
    return text + std::string(decimals < 6 ? 6 - decimals : 0, '0');
}

class Page {
public:
    Page(const app::Statement& statement, const Letterhead& head)
        : statement_(statement)
        , head_(head)
        , words_(statement.shown.known.account.language == "es" ? spanish : english)
        , document_(std::string(words_.title)) {}

    std::string draw() {
        begin();
        write_customer();
        draw_chart();
        write_months();
        write_lines();
        return document_.pdf();
    }

private:
    void begin();
    void write_customer();
    void draw_chart();
    void write_months();
    void write_month(std::string_view name, const app::StatementFigures& figures, bool bold);
    void write_lines();
    void write_line(const app::StatementLine& line);
    void make_room(int height) {
        if (y_ - height < bottom)
            begin();
    }
    [[nodiscard]] std::string month_name(LocalDay day, bool with_year) const {
        const std::chrono::year_month_day date(day);
        const auto at = static_cast<unsigned>(date.month()) - 1;
        std::string name(words_.months.at(at));
        if (with_year)
            name += " " + std::to_string(static_cast<int>(date.year()));
        return name;
    }
    [[nodiscard]] std::string name_of_kind(std::string_view kind) const {
        for (const auto& [known, name] : words_.kinds) {
            if (known == kind)
                return std::string(name);
        }
        return std::string(kind);
    }

    const app::Statement& statement_;
    const Letterhead& head_;
    const Words& words_;
    paper::Document document_;
    int y_ = 0;
    int pages_ = 0;
};

void Page::begin() {
    ++pages_;
    document_.page();
    y_ = 7300;
    document_.text(left, y_, 180, words_.title, Align::left, {blue, true});
    document_.text(right, y_, 120, head_.utility, Align::right, {0x202020, true});
    document_.box(left, y_ - 90, right - left, 15, blue);
    document_.text(left, 440, 80, words_.note, Align::left, {grey});
    document_.text(
        right,
        440,
        80,
        std::string(words_.page) + " " + std::to_string(pages_),
        Align::right,
        {grey}
    );
    y_ -= 320;
}

void Page::write_customer() {
    const auto& account = statement_.shown.known.account;
    const auto& address = account.address;
    document_.text(left, y_, 110, account.name, Align::left, {0x202020, true});
    document_.text(left, y_ - 150, 100, address.street);
    std::string place = address.city;
    for (const auto* part : {&address.state, &address.postal_code}) {
        if (!part->empty())
            place += (place.empty() ? "" : part == &address.state ? ", " : " ") + *part;
    }
    document_.text(left, y_ - 300, 100, place);
    const std::array<std::pair<std::string_view, std::string>, 4> facts{{
        {words_.account, account.id},
        {words_.meter, statement_.shown.standing.meter_id},
        {words_.period, format_day(statement_.from) + " - " + format_day(statement_.to)},
        {words_.balance, format_money(statement_.total.closing) + " " + head_.currency},
    }};
    int at = y_;
    for (const auto& [name, value] : facts) {
        document_.text(3500, at, 100, name, Align::left, {grey});
        document_.text(right, at, 100, value, Align::right);
        at -= 150;
    }
    y_ -= 740;
}

void Page::draw_chart() {
    constexpr int height = 1050;
    document_.text(left, y_, 110, words_.usage_by_month, Align::left, {0x202020, true});
    y_ -= 200;
    std::int64_t most = 1;
    for (const auto& month : statement_.months)
        most = std::max(most, month.figures.wh);
    const int base = y_ - height;
    const auto count = static_cast<int>(statement_.months.size());
    const int step = (right - left) / std::max(count, 6);
    document_.line(left, base, right - left, 0);
    for (int at = 0; at < count; ++at) {
        const auto& month = statement_.months[static_cast<std::size_t>(at)];
        const auto wh = std::max<std::int64_t>(month.figures.wh, 0);
        const auto tall =
            static_cast<int>(divide(Int128{wh} * (height - 150), most, Rounding::half_even));
        const int middle = left + at * step + step / 2;
        document_.box(middle - step * 3 / 10, base, step * 6 / 10, tall, blue);
        if (wh > 0)
            document_.text(middle, base + tall + 40, 80, whole_kwh(wh), Align::centre);
        const bool year = at == 0 || month_name(month.first, false) == words_.months[0];
        document_.text(
            middle, base - 120, 80, month_name(month.first, year), Align::centre, {grey}
        );
    }
    y_ = base - 380;
}

// Right edges of the columns behind the month's name.
constexpr std::array<int, 7> columns{1560, 2080, 3000, 3600, 4230, 4900, 5580};

void Page::write_month(std::string_view name, const app::StatementFigures& figures, bool bold) {
    const auto average = figures.average();
    const std::array<std::string, 7> values{
        meter::kwh_text(figures.wh),
        format_money(figures.charges),
        average ? price_text(*average) : "-",
        format_money(figures.paid),
        format_money(figures.reversed),
        format_money(figures.adjustments - figures.to_debt),
        format_money(figures.closing)};
    document_.text(left, y_, 90, name, Align::left, {0x202020, bold});
    for (std::size_t at = 0; at < values.size(); ++at)
        document_.text(columns.at(at), y_, 90, values.at(at), Align::right, {0x202020, bold});
    y_ -= 150;
}

void Page::write_months() {
    document_.box(left, y_ - 50, right - left, 170, pale);
    const std::array<std::string_view, 7> titles{
        words_.usage,
        words_.charges,
        words_.average,
        words_.payments,
        words_.reversed,
        words_.adjustments,
        words_.balance};
    document_.text(left, y_, 85, words_.month, Align::left, {0x202020, true});
    for (std::size_t at = 0; at < titles.size(); ++at)
        document_.text(columns.at(at), y_, 85, titles.at(at), Align::right, {0x202020, true});
    y_ -= 200;
    document_.text(left, y_, 90, words_.opening, Align::left, {grey});
    document_.text(right, y_, 90, format_money(statement_.total.opening), Align::right, {grey});
    y_ -= 150;
    for (const auto& month : statement_.months)
        write_month(month_name(month.first, true), month.figures, false);
    document_.line(left, y_ + 110, right - left, 0);
    y_ -= 20;
    write_month(words_.total, statement_.total, true);
    y_ -= 210;
}

void Page::write_line(const app::StatementLine& line) {
    make_room(150);
    const bool legacy = line.kind == "legacy";
    document_.text(left, y_, 90, legacy ? words_.setup : std::string_view(line.name));
    document_.text(2970, y_, 90, name_of_kind(line.kind), Align::left, {grey});
    if (line.wh != 0)
        document_.text(4900, y_, 90, meter::kwh_text(line.wh) + " kWh", Align::right);
    document_.text(right, y_, 90, format_money(line.amount), Align::right);
    y_ -= 150;
}

void Page::write_lines() {
    if (statement_.lines.empty())
        return;
    make_room(700);
    document_.box(left, y_ - 50, right - left, 170, pale);
    document_.text(left, y_, 85, words_.what_for, Align::left, {0x202020, true});
    document_.text(right, y_, 85, words_.amount, Align::right, {0x202020, true});
    y_ -= 200;
    for (const auto& line : statement_.lines)
        write_line(line);
    make_room(150);
    document_.line(left, y_ + 110, right - left, 0);
    y_ -= 20;
    document_.text(left, y_, 90, words_.total, Align::left, {0x202020, true});
    document_.text(
        right, y_, 90, format_money(statement_.total.charges), Align::right, {0x202020, true}
    );
}

}  // namespace

std::string statement_pdf(const app::Statement& statement, const Letterhead& head) {
    return Page(statement, head).draw();
}

}  // namespace usagectl
