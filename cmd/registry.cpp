// SPDX-License-Identifier: MIT
#include "registry.hpp"

#include "account/commands.hpp"
#include "agent/commands.hpp"
#include "audit/commands.hpp"
#include "balance/commands.hpp"
#include "bench/commands.hpp"
#include "card/commands.hpp"
#include "completion/commands.hpp"
#include "config/commands.hpp"
#include "db/commands.hpp"
#include "help/commands.hpp"
#include "ingest/commands.hpp"
#include "invoice/commands.hpp"
#include "legacy/commands.hpp"
#include "meter/commands.hpp"
#include "nightly/commands.hpp"
#include "order/commands.hpp"
#include "payment/commands.hpp"
#include "reconcile/commands.hpp"
#include "rules/commands.hpp"
#include "tariff/commands.hpp"
#include "usage/commands.hpp"

namespace usagectl {

std::span<const cli::Registered> registry() {
    static constexpr cli::Registered commands[]{
        {"__complete", "answer a shell's completion", complete_command},
        {"__man", "fill in a manual page's template", man_command},
        {"account activate",
         "confirm the installation and take an account into service",
         account_activate_command},
        {"account close", "settle an account and end it", account_close_command},
        {"account create", "make a new prepay account", account_create_command},
        {"account events",
         "list the changes of an account's status and settings",
         account_events_command},
        {"account list", "list prepay accounts", account_list_command},
        {"account prefs", "list or change how a customer wants to be told", account_prefs_command},
        {"account set", "change what is settled for an account", account_set_command},
        {"account show", "show one account", account_show_command},
        {"account statement",
         "show usage, charges and payments by month",
         account_statement_command},
        {"agent add", "add somebody who sells cards", agent_add_command},
        {"agent list", "list those who sell cards", agent_list_command},
        {"agent show", "show an agent and his batches", agent_show_command},
        {"audit ledger", "prove that every balance is what was posted", audit_ledger_command},
        {"audit log", "list what was changed, by whom, newest first", audit_log_command},
        {"balance", "tell a customer's balance and how long it will last", balance_command},
        {"balance drift", "find balances told that later data proved wrong", balance_drift_command},
        {"bench generate", "write a synthetic file whose totals are known", bench_generate_command},
        {"card activate", "put cards on sale", card_activate_command},
        {"card batches", "list batches of cards", card_batches_command},
        {"card confirm", "note that an agent has the cards", card_confirm_command},
        {"card expire", "take cards off whose last day is over", card_expire_command},
        {"card freeze", "hold cards as they are", card_freeze_command},
        {"card generate", "make a batch of prepaid cards", card_generate_command},
        {"card inventory", "prove that every card is where it should be", card_inventory_command},
        {"card invoice", "invoice an agent for cards", card_invoice_command},
        {"card key", "make a key for the PINs of cards", card_key_command},
        {"card list", "list cards by serial number", card_list_command},
        {"card locks", "list what too many refusals have locked", card_locks_command},
        {"card package", "make a batch of its own of some cards", card_package_command},
        {"card print", "draw sheets of cards to be cut and sealed", card_print_command},
        {"card print-file key",
         "make a pair of keys to seal print files",
         card_print_file_key_command},
        {"card print-file open",
         "open a sealed print file with its secret key",
         card_print_file_open_command},
        {"card receive", "take cards into stock", card_receive_command},
        {"card redeem", "spend a prepaid card as a payment", card_redeem_command},
        {"card ship", "send cards to an agent", card_ship_command},
        {"card show", "show one card and what happened to it", card_show_command},
        {"card unfreeze", "let frozen cards go on", card_unfreeze_command},
        {"card unlock", "open a lock before its time", card_unlock_command},
        {"card validate", "tell whether a card can be spent", card_validate_command},
        {"card void", "make cards worthless for ever", card_void_command},
        {"completion", "print a shell's completion script", completion_command},
        {"config explain", "tell what a setting is and where it is set", config_explain_command},
        {"config get", "print the value of a setting", config_get_command},
        {"config list", "list every setting with value and origin", config_list_command},
        {"config set", "set a setting in the user's configuration", config_set_command},
        {"db check", "check that everything stored is whole", db_check_command},
        {"db grant", "give a PostgreSQL user the rights of a role", db_grant_command},
        {"db init", "make a new datastore", db_init_command},
        {"db migrate", "bring a datastore's schema up to date", db_migrate_command},
        {"db status", "show which datastore is used and its schema", db_status_command},
        {"help", "explain a command", help_command},
        {"ingest", "read meter interval files into the store", ingest_command},
        {"invoice list", "list the invoices of agents", invoice_list_command},
        {"invoice pay", "note that an agent has paid an invoice", invoice_pay_command},
        {"invoice show", "show an invoice and what is on it", invoice_show_command},
        {"legacy export",
         "write new accounts or prepay charges for the legacy system",
         legacy_export_command},
        {"legacy import", "take in extracts of the legacy billing system", legacy_import_command},
        {"legacy lookup", "show what the legacy system says of an account", legacy_lookup_command},
        {"legacy schema", "print the JSON schema of the legacy files' rows", legacy_schema_command},
        {"meter list", "list the meters of the store", meter_list_command},
        {"meter power-status", "ask the market whether the power is on", power_status_command},
        {"meter set", "set a meter's zone, provider, account, multiplier", meter_set_command},
        {"meter show", "show one meter and the span of its usage", meter_show_command},
        {"nightly", "charge a day and do what the balances call for", nightly_command},
        {"order cancel", "call an order off", order_cancel_command},
        {"order complete", "confirm that an order was carried out", order_complete_command},
        {"order confirm", "take in a file of the field's confirmations", order_confirm_command},
        {"order create", "order an exchange of an account's meter", order_create_command},
        {"order export", "hand pending orders to the field", order_export_command},
        {"order list", "list orders to the field", order_list_command},
        {"order show", "show an order and the rules that hold it back", order_show_command},
        {"payment import", "post a file of payments", payment_import_command},
        {"payment list", "list what was paid to an account", payment_list_command},
        {"payment post", "post a payment and do what follows from it", payment_post_command},
        {"payment reverse", "take back a payment that bounced", payment_reverse_command},
        {"reconcile accept",
         "accept a comparison and post its adjustments",
         reconcile_accept_command},
        {"reconcile list", "list reconciliations, newest cycle first", reconcile_list_command},
        {"reconcile show", "show what was charged, what billed, and why", reconcile_show_command},
        {"reconcile start",
         "compare a cycle's charges with the legacy bills",
         reconcile_start_command},
        {"rules check", "explain every mistake of a rule pack's file", rules_check_command},
        {"rules emergency add",
         "enter a weather emergency for a county",
         rules_emergency_add_command},
        {"rules emergency list",
         "list weather emergencies and their withdrawals",
         rules_emergency_list_command},
        {"rules emergency withdraw",
         "withdraw a weather emergency of a county",
         rules_emergency_withdraw_command},
        {"rules explain", "explain one rule, with its source and its cases", rules_explain_command},
        {"rules judge", "tell whether a suspension would be allowed", rules_judge_command},
        {"rules list", "list the rule packs there are", rules_list_command},
        {"rules schema", "print the JSON schema of a rule pack", rules_schema_command},
        {"rules show", "show every rule of a pack", rules_show_command},
        {"rules test", "judge the cases rule packs bring", rules_test_command},
        {"tariff add", "add a file as the next version of its tariff", tariff_add_command},
        {"tariff check", "explain every mistake of a tariff file", tariff_check_command},
        {"tariff import",
         "turn a rate of the Utility Rate Database into a file",
         tariff_import_command},
        {"tariff list", "list the versions of every tariff", tariff_list_command},
        {"tariff quote", "show what a tariff charges for a meter's usage", tariff_quote_command},
        {"tariff schema", "print the JSON schema of a tariff file", tariff_schema_command},
        {"tariff show", "show a version of a tariff, with its text", tariff_show_command},
        {"usage backfill",
         "fetch history from the market within its sizes",
         usage_backfill_command},
        {"usage drift", "compare on-demand values with settled ones", usage_drift_command},
        {"usage export", "write usage for other programs to read", usage_export_command},
        {"usage gap", "show the non-VEE hours since the last settlement", usage_gap_command},
        {"usage history",
         "show every version of a day that was ever stored",
         usage_history_command},
        {"usage quality", "validate stored usage as VEE does", usage_quality_command},
        {"usage show", "show what a meter used", usage_show_command},
        {"version", "print the version and what it was built with", version_command},
    };
    return commands;
}

}  // namespace usagectl
