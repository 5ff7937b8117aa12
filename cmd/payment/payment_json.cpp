// SPDX-License-Identifier: MIT
#include "payment/payment_json.hpp"

#include "account/account_json.hpp"

namespace usagectl {

cli::Json payment_json(const app::PaymentPosted& posted) {
    cli::Json root;
    root["payment"] = posted.payment;
    root["account"] = posted.account;
    root["amount"] = format_money(posted.amount);
    root["to_debt"] = format_money(posted.to_debt);
    root["balance"] = format_money(posted.balance);
    root["status"] = account::to_string(posted.status);
    root["unchanged"] = posted.unchanged;
    root["orders"] = orders_json(posted.orders);
    return root;
}

std::vector<cli::Field> payment_fields() {
    std::vector<cli::Field> fields{
        {"payment", "string", "the payment's name"},
        {"account", "string", "the account's number"},
        {"amount", "money", "what was paid"},
        {"to_debt", "money", "the share that went to old debt"},
        {"balance", "money", "posted balance afterwards"},
        {"status", "string", "of the account, afterwards"},
        {"unchanged", "boolean", "true: this reference had been posted before"},
    };
    append_order_fields(fields);
    return fields;
}

}  // namespace usagectl
