// SPDX-License-Identifier: MIT
#include "store/agent_repository.hpp"

#include "store/account_rows.hpp"
#include "store/account_slot.hpp"
#include "store/card_order.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

namespace {

using card::Agent;

constexpr std::string_view select_agents =
    "select number, id, name, contact, commission, basis, period, credit, created_at from agent";
constexpr std::string_view select_invoices =
    "select number, agent, first_day, last_day, basis, cards, face, commission, credit, slot, "
    "made_at,"
    " made_by, paid_at, paid_by, paid_slot from card_invoice";

card::Basis basis_in(std::string_view word) {
    const auto basis = card::parse_basis(word);
    if (!basis)
        throw_word_unknown("basis of invoices", word);
    return *basis;
}

Agent read_agent(const Row& row) {
    Agent agent;
    agent.number = row.integer(0);
    agent.id = row.text(1);
    agent.name = row.text(2);
    agent.contact = row.text(3);
    agent.commission = row.integer(4);
    agent.basis = basis_in(row.text(5));
    const auto period = card::parse_period(row.text(6));
    if (!period)
        throw_word_unknown("period of invoices", row.text(6));
    agent.period = *period;
    agent.credit = money_in(row, 7);
    agent.created_at = instant(row.integer(8));
    return agent;
}

app::CardInvoice read_invoice(const Row& row) {
    app::CardInvoice found;
    auto& invoice = found.invoice;
    invoice.number = row.integer(0);
    invoice.agent = row.integer(1);
    invoice.first = day_in(row, 2);
    invoice.last = day_in(row, 3);
    invoice.basis = basis_in(row.text(4));
    invoice.cards = row.integer(5);
    invoice.face = money_in(row, 6);
    invoice.commission = money_in(row, 7);
    invoice.credit = money_in(row, 8);
    found.entry = AccountSlot(row.integer(9)).id();
    invoice.made = {instant(row.integer(10)), std::string(row.text(11))};
    invoice.paid = {optional_instant(row, 12), std::string(row.text(13))};
    if (!row.is_null(14))
        found.paid_entry = AccountSlot(row.integer(14)).id();
    return found;
}

std::optional<Agent> one(Session& session, std::string_view where, Values values) {
    std::optional<Agent> found;
    each_row(
        session,
        std::string(select_agents) + " where " + std::string(where),
        values,
        [&](const Row& row) { found = read_agent(row); }
    );
    return found;
}

}  // namespace

std::optional<Agent> AgentRepository::find(std::string_view id) {
    const std::string sound = sound_text(id);
    return one(session_, "id = $1", {std::string_view(sound)});
}

std::optional<Agent> AgentRepository::find(std::int64_t number) {
    return one(session_, "number = $1", {number});
}

std::vector<std::string> AgentRepository::ids(std::string_view prefix, std::size_t limit) {
    const std::string begin = sound_text(prefix);
    const std::string end = begin + '\x7f';
    std::vector<std::string> ids;
    each_row(
        session_,
        "select id from agent where id >= $1 and id < $2 order by id limit $3",
        {std::string_view(begin), std::string_view(end), static_cast<std::int64_t>(limit)},
        [&](const Row& row) { ids.emplace_back(row.text(0)); }
    );
    return ids;
}

std::vector<Agent> AgentRepository::list() {
    std::vector<Agent> agents;
    each_row(session_, std::string(select_agents) + " order by id", {}, [&](const Row& row) {
        agents.push_back(read_agent(row));
    });
    return agents;
}

void AgentRepository::append(const Agent& agent) {
    const auto number = find_integer(session_, "select max(number) from agent", {}).value_or(0) + 1;
    const std::string name = sound_text(agent.name);
    const std::string contact = sound_text(agent.contact);
    run(session_,
        "insert into agent (number, id, name, contact, commission, basis, period, credit,"
        " created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {number,
         agent.id,
         std::string_view(name),
         std::string_view(contact),
         agent.commission,
         to_string(agent.basis),
         to_string(agent.period),
         agent.credit.micro(),
         unix_seconds(agent.created_at)});
}

void AgentRepository::add_credit(std::int64_t agent, Money amount) {
    run(session_, "update agent set credit = credit + $2 where number = $1", {agent, amount.micro()}
    );
}

std::int64_t AgentRepository::next_invoice() {
    return find_integer(session_, "select max(number) from card_invoice", {}).value_or(0) + 1;
}

void AgentRepository::append(const app::CardInvoice& made) {
    const auto& invoice = made.invoice;
    const std::string by = sound_text(invoice.made.by);
    run(session_,
        "insert into card_invoice (number, agent, first_day, last_day, basis, cards, face,"
        " commission, credit, slot, made_at, made_by, paid_by)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '')",
        {invoice.number,
         invoice.agent,
         std::int64_t{day_number(invoice.first)},
         std::int64_t{day_number(invoice.last)},
         to_string(invoice.basis),
         invoice.cards,
         invoice.face.micro(),
         invoice.commission.micro(),
         invoice.credit.micro(),
         AccountSlot(made.entry).packed(),
         nullable(invoice.made.at),
         std::string_view(by)});
}

std::optional<app::CardInvoice> AgentRepository::invoice(std::int64_t number) {
    std::optional<app::CardInvoice> found;
    each_row(
        session_,
        std::string(select_invoices) + " where number = $1",
        {number},
        [&](const Row& row) { found = read_invoice(row); }
    );
    return found;
}

std::vector<app::CardInvoice> AgentRepository::invoices(std::optional<std::int64_t> agent) {
    std::vector<app::CardInvoice> found;
    each_row(
        session_,
        std::string(select_invoices) + " where ($1 = 0 or agent = $1) order by number",
        {agent.value_or(0)},
        [&](const Row& row) { found.push_back(read_invoice(row)); }
    );
    return found;
}

std::int64_t
AgentRepository::put_used(std::int64_t batch, Instant from, Instant before, std::int64_t invoice) {
    lock_in_order(session_, batch);
    return run(
        session_,
        "update card set invoice = $4 where batch = $1 and invoice is null and state = 'used'"
        " and used_at >= $2 and used_at < $3",
        {batch, unix_seconds(from), unix_seconds(before), invoice}
    );
}

std::int64_t AgentRepository::put_sold(std::int64_t batch, std::int64_t invoice) {
    lock_in_order(session_, batch);
    return run(
        session_,
        "update card set invoice = $2 where batch = $1 and invoice is null and"
        " (state = 'active' or state = 'used' or frozen_from = 'active')",
        {batch, invoice}
    );
}

// By the agent's batches, which are in an index; the cards' invoices are not.
std::vector<app::InvoicedCards> AgentRepository::on_invoice(const card::Invoice& invoice) {
    std::vector<app::InvoicedCards> found;
    each_row(
        session_,
        "select batch, count(*), sum(case when state = 'void' then 1 else 0 end) from card"
        " where batch in (select number from card_batch where agent = $1) and invoice = $2"
        " group by batch order by batch",
        {invoice.agent, invoice.number},
        [&](const Row& row) {
            found.push_back({row.integer(0), row.integer(1), row.integer(2)});
        }
    );
    return found;
}

void AgentRepository::mark_paid(const app::CardInvoice& paid) {
    const std::string by = sound_text(paid.invoice.paid.by);
    run(session_,
        "update card_invoice set paid_at = $2, paid_by = $3, paid_slot = $4 where number = $1",
        {paid.invoice.number,
         nullable(paid.invoice.paid.at),
         std::string_view(by),
         paid.paid_entry ? Value(AccountSlot(*paid.paid_entry).packed()) : Value()});
}

}  // namespace usagectl::store
