// SPDX-License-Identifier: MIT
#include "agent/agent_json.hpp"

namespace usagectl {

cli::Json agent_json(const card::Agent& agent) {
    // Hundredths of a percent, as a percentage with two decimals.
    auto percent = std::to_string(agent.commission / 100) + ".";
    percent += std::to_string(agent.commission % 100 / 10) + std::to_string(agent.commission % 10);
    return {
        {"agent", agent.id},
        {"name", agent.name},
        {"contact", agent.contact.empty() ? cli::Json() : cli::Json(agent.contact)},
        {"commission_percent", percent},
        {"invoice_on", card::to_string(agent.basis)},
        {"period", card::to_string(agent.period)},
        {"credit", format_money(agent.credit)},
        {"created_at", format_instant(agent.created_at)},
    };
}

std::vector<cli::Field> agent_fields(bool items) {
    std::vector<cli::Field> fields{
        {"items[].agent", "string", "the agent's short name"},
        {"items[].name", "string", "the name on invoices"},
        {"items[].contact", "string", "whom to ask there", true},
        {"items[].commission_percent", "string", "of the face value, such as 3.50"},
        {"items[].invoice_on", "string", "used: cards that were spent; activated: all put on sale"},
        {"items[].period", "string", "week or month"},
        {"items[].credit", "money", "for void cards, taken off the next invoice"},
        {"items[].created_at", "instant", "when the agent was added"},
    };
    if (!items) {
        for (auto& field : fields)
            field.path.remove_prefix(std::string_view("items[].").size());
    }
    return fields;
}

}  // namespace usagectl
