-- SPDX-License-Identifier: MIT
-- Prepay accounts, the ledger, payments, orders, notices, the nightly process. The SQLite file of
-- the same name describes the same tables and columns and explains them.

create table rate_profile (
    number     bigint primary key,
    tariff     text collate "C" not null,
    options    text collate "C" not null,
    exemptions text collate "C" not null,
    unique (tariff, options, exemptions)
);

create table account (
    number            bigint primary key check (number between 1 and 1073741823),
    id                text collate "C" not null unique,
    name              text not null,
    street            text not null,
    city              text not null,
    state             text not null,
    county            text not null,
    postal_code       text not null,
    contacts          text not null,
    language          text not null,
    rule_pack         text not null,
    critical_care     bigint not null check (critical_care in (0, 1)),
    chronic_condition bigint not null check (chronic_condition in (0, 1)),
    medical           bigint not null check (medical in (0, 1)),
    tax_exempt        bigint not null check (tax_exempt in (0, 1)),
    existing_customer bigint not null check (existing_customer in (0, 1)),
    meter_number      text,
    begin_reading_wh  bigint,
    installed_on      bigint,
    last_read_on      bigint,
    due_setup         bigint not null,
    due_unbilled      bigint not null,
    due_past          bigint not null,
    due_postings      text not null,
    deposit           bigint not null,
    debt_percent      bigint not null check (debt_percent between 0 and 100),
    created_at        bigint not null
);

create table account_standing (
    account         bigint primary key references account (number),
    status          text not null check
        (status in ('pending', 'paid', 'active', 'past_due', 'suspended', 'closed')),
    balance         bigint not null,
    moved_at        bigint not null,
    debt            bigint not null check (debt >= 0),
    meter           bigint unique,
    profile         bigint not null references rate_profile (number),
    charged_through bigint,
    cycle_day       bigint not null check (cycle_day between 1 and 28),
    cycle_start     bigint not null,
    cycle_wh        bigint not null,
    connection      bigint not null,
    disconnection   bigint not null,
    grace           bigint not null,
    low             bigint not null,
    low_days        bigint,
    wants_daily     bigint not null check (wants_daily in (0, 1)),
    changing        bigint not null check (changing in (0, 1))
);

create table account_service (
    account  bigint not null references account (number),
    from_day bigint not null,
    version  bigint not null,
    known_at bigint not null,
    meter    bigint,
    profile  bigint not null,
    primary key (account, from_day, version)
);
create index account_service_meter on account_service (meter);

create table account_event (
    slot    bigint primary key,
    at      bigint not null,
    field   text not null,
    before  text not null,
    after   text not null,
    cause   text not null,
    actor   text not null
);

create table account_preference (
    account     bigint not null references account (number),
    type        text not null check
        (type in ('low_balance', 'daily', 'suspend', 'recharge', 'limit')),
    method      text not null check (method in ('sms', 'voice', 'email', 'pager', 'csr')),
    address     text collate "C" not null,
    window_from bigint not null check (window_from between 0 and 1439),
    window_to   bigint not null check (window_to between 1 and 1440),
    every       text not null check (every in ('event', 'day', 'week', 'month')),
    contact     text not null check (contact in ('primary', 'secondary')),
    primary key (account, type, method, address)
);

create table ledger_code (
    number bigint primary key,
    code   text collate "C" not null unique
);

create table ledger_entry (
    slot         bigint primary key,
    kind         text not null check (kind in
        ('charge', 'correction', 'setup', 'fee', 'payment', 'reversal', 'deposit', 'adjustment',
         'settlement', 'transfer')),
    at           bigint not null,
    known_at     bigint not null,
    amount       bigint not null,
    cause        text not null,
    profile      bigint not null,
    version      bigint not null,
    cycle_wh     bigint not null,
    vee_wh       bigint not null,
    raw_wh       bigint not null,
    estimated_wh bigint not null,
    postings     text not null
);

create table payment (
    slot        bigint primary key,
    method      text not null check (method in
        ('cash', 'card', 'ach', 'money_transfer', 'bill_payment', 'agent', 'prepaid_card')),
    agent       text collate "C" not null,
    reference   text collate "C",
    amount      bigint not null check (amount > 0),
    at          bigint not null,
    reversed_by bigint unique
);
create unique index payment_reference on payment (reference, method, agent)
    where reference is not null;

create table service_order (
    slot         bigint primary key,
    account      bigint not null references account (number),
    kind         text not null check
        (kind in ('activate', 'suspend', 'reconnect', 'change', 'recharge')),
    state        text not null check (state in
        ('pending', 'pending_usage', 'exported', 'completed', 'failed', 'cancelled')),
    reason       text not null,
    created_at   bigint not null,
    due_at       bigint,
    exported_at  bigint,
    decided_at   bigint,
    outcome      text not null,
    held_by      text not null,
    processed_at bigint,
    constraint decided check
        ((decided_at is null) = (state in ('pending', 'pending_usage', 'exported')))
);
create unique index service_order_open on service_order (account, kind) where decided_at is null;
create index service_order_unprocessed on service_order (slot)
    where decided_at is not null and processed_at is null;

create table notice (
    slot       bigint primary key,
    type       text not null check
        (type in ('low_balance', 'daily', 'suspend', 'recharge', 'limit')),
    state      text not null check (state in ('waiting', 'sent', 'failed', 'cancelled')),
    created_at bigint not null,
    due_from   bigint not null,
    due_to     bigint not null,
    figures    text not null
);
create index notice_waiting on notice (due_from) where state = 'waiting';

create table balance_quote (
    slot         bigint primary key,
    at           bigint not null,
    as_of        bigint not null,
    known_at     bigint not null,
    balance      bigint not null,
    posted       bigint not null,
    uncharged    bigint not null,
    gap_estimate bigint not null,
    asked_by     text not null
);

create table nightly_step (
    day         bigint not null,
    place       bigint not null,
    name        text not null,
    state       text not null check (state in ('started', 'done')),
    items       bigint not null,
    amount      bigint not null,
    sources     bigint not null,
    started_at  bigint not null,
    finished_at bigint,
    primary key (day, place)
);

create trigger account_event_change before update or delete on account_event
    for each row execute function refuse_change();
create trigger account_event_truncate before truncate on account_event
    for each statement execute function refuse_change();
create trigger ledger_entry_change before update or delete on ledger_entry
    for each row execute function refuse_change();
create trigger ledger_entry_truncate before truncate on ledger_entry
    for each statement execute function refuse_change();
create trigger rate_profile_change before update or delete on rate_profile
    for each row execute function refuse_change();
create trigger rate_profile_truncate before truncate on rate_profile
    for each statement execute function refuse_change();
create trigger account_service_change before update or delete on account_service
    for each row execute function refuse_change();
create trigger account_service_truncate before truncate on account_service
    for each statement execute function refuse_change();
create trigger ledger_code_change before update or delete on ledger_code
    for each row execute function refuse_change();
create trigger ledger_code_truncate before truncate on ledger_code
    for each statement execute function refuse_change();
create trigger balance_quote_change before update or delete on balance_quote
    for each row execute function refuse_change();
create trigger balance_quote_truncate before truncate on balance_quote
    for each statement execute function refuse_change();
create trigger account_delete before delete on account
    for each row execute function refuse_change();
create trigger account_truncate before truncate on account
    for each statement execute function refuse_change();
create trigger account_standing_delete before delete on account_standing
    for each row execute function refuse_change();
create trigger account_standing_truncate before truncate on account_standing
    for each statement execute function refuse_change();
create trigger payment_delete before delete on payment
    for each row execute function refuse_change();
create trigger payment_truncate before truncate on payment
    for each statement execute function refuse_change();
create trigger service_order_delete before delete on service_order
    for each row execute function refuse_change();
create trigger service_order_truncate before truncate on service_order
    for each statement execute function refuse_change();
create trigger notice_delete before delete on notice
    for each row execute function refuse_change();
create trigger notice_truncate before truncate on notice
    for each statement execute function refuse_change();
create trigger nightly_step_delete before delete on nightly_step
    for each row execute function refuse_change();
create trigger nightly_step_truncate before truncate on nightly_step
    for each statement execute function refuse_change();
create trigger payment_update before update on payment for each row
    when (old.reversed_by is not null or new.slot <> old.slot or new.method <> old.method or
          new.agent <> old.agent or new.reference is distinct from old.reference or
          new.amount <> old.amount or new.at <> old.at)
    execute function refuse_change();
create trigger service_order_update before update on service_order for each row
    when (new.slot <> old.slot or new.account <> old.account or new.kind <> old.kind or
          new.created_at <> old.created_at or
          (old.decided_at is not null and
           (new.decided_at is distinct from old.decided_at or new.state <> old.state)))
    execute function refuse_change();
