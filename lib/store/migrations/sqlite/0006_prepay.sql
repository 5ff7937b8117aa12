-- SPDX-License-Identifier: MIT
-- Prepay accounts: who is served and by which limits, the ledger, payments, orders to the field,
-- notices to customers, and how far the nightly process has come.
--
-- What belongs to an account and a local day is named by one integer, its slot:
--
--     bit 62..46  days since 1970-01-01      bit 45..16  number of the account
--                                            bit 15..0   place among its rows of that day
--
-- The day leads, so that a night's charges are appended side by side; one account over many days
-- is a series of point look-ups.

-- What an account is charged by. Options and exemptions are names in order, one a line.
create table rate_profile (
    number     integer primary key,
    tariff     text not null,
    options    text not null,
    exemptions text not null,
    unique (tariff, options, exemptions)
) strict;

-- `contacts` has one a line: phone or email, primary or secondary, the number or address.
create table account (
    number            integer primary key check (number between 1 and 1073741823),
    id                text not null unique,
    name              text not null,
    street            text not null,
    city              text not null,
    state             text not null,
    county            text not null,
    postal_code       text not null,
    contacts          text not null,
    language          text not null,
    rule_pack         text not null,
    critical_care     integer not null check (critical_care in (0, 1)),
    chronic_condition integer not null check (chronic_condition in (0, 1)),
    medical           integer not null check (medical in (0, 1)),
    tax_exempt        integer not null check (tax_exempt in (0, 1)),
    existing_customer integer not null check (existing_customer in (0, 1)),
    meter_number      text,
    begin_reading_wh  integer,
    installed_on      integer,
    last_read_on      integer,
    due_setup         integer not null,
    due_unbilled      integer not null,
    due_past          integer not null,
    due_postings      text not null,
    deposit           integer not null,
    debt_percent      integer not null check (debt_percent between 0 and 100),
    created_at        integer not null
) strict;

-- What payments and charges move. `balance` is the fold of the account's entries, as `audit ledger`
-- proves; `moved_at` is when the newest of them became known. A meter serves one account at a time.
create table account_standing (
    account         integer primary key references account (number),
    status          text not null check
        (status in ('pending', 'paid', 'active', 'past_due', 'suspended', 'closed')),
    balance         integer not null,
    moved_at        integer not null,
    debt            integer not null check (debt >= 0),
    meter           integer unique,
    profile         integer not null references rate_profile (number),
    charged_through integer,
    cycle_day       integer not null check (cycle_day between 1 and 28),
    cycle_start     integer not null,
    cycle_wh        integer not null,
    connection      integer not null,
    disconnection   integer not null,
    grace           integer not null,
    low             integer not null,
    low_days        integer,
    wants_daily     integer not null check (wants_daily in (0, 1)),
    changing        integer not null check (changing in (0, 1))
) strict;

-- From which day an account has which meter and profile. The newest row known counts for a day.
create table account_service (
    account  integer not null references account (number),
    from_day integer not null,
    version  integer not null,
    known_at integer not null,
    meter    integer,
    profile  integer not null,
    primary key (account, from_day, version)
) strict, without rowid;
-- Which accounts late readings of a meter concern.
create index account_service_meter on account_service (meter);

-- Every change of an account beside its balance. `field` is "status" or the name of a setting.
create table account_event (
    slot    integer primary key,
    at      integer not null,
    field   text not null,
    before  text not null,
    after   text not null,
    cause   text not null,
    actor   text not null
) strict;

-- How a customer wants to be told: one row for each type of notice, method and address.
create table account_preference (
    account     integer not null references account (number),
    type        text not null check
        (type in ('low_balance', 'daily', 'suspend', 'recharge', 'limit')),
    method      text not null check (method in ('sms', 'voice', 'email', 'pager', 'csr')),
    address     text not null,
    window_from integer not null check (window_from between 0 and 1439),
    window_to   integer not null check (window_to between 1 and 1440),
    every       text not null check (every in ('event', 'day', 'week', 'month')),
    contact     text not null check (contact in ('primary', 'secondary')),
    primary key (account, type, method, address)
) strict, without rowid;

-- The chart of accounts, as far as it has been used.
create table ledger_code (
    number integer primary key,
    code   text not null unique
) strict;

-- Entries: written once, balanced, never changed. `amount` is what the customer's balance gains;
-- `postings` is the other side as a JSON array of
-- [code, amount, component, tier, quantity, rate], debits positive, money in millionths.
create table ledger_entry (
    slot         integer primary key,
    kind         text not null check (kind in
        ('charge', 'correction', 'setup', 'fee', 'payment', 'reversal', 'deposit', 'adjustment',
         'settlement', 'transfer')),
    at           integer not null,
    known_at     integer not null,
    amount       integer not null,
    cause        text not null,
    profile      integer not null,
    version      integer not null,
    cycle_wh     integer not null,
    vee_wh       integer not null,
    raw_wh       integer not null,
    estimated_wh integer not null,
    postings     text not null
) strict;

-- A payment has the slot of its entry. A reference is taken once for its method and agent.
create table payment (
    slot        integer primary key,
    method      text not null check (method in
        ('cash', 'card', 'ach', 'money_transfer', 'bill_payment', 'agent', 'prepaid_card')),
    agent       text not null,
    reference   text,
    amount      integer not null check (amount > 0),
    at          integer not null,
    reversed_by integer unique
) strict;
create unique index payment_reference on payment (reference, method, agent)
    where reference is not null;

create table service_order (
    slot         integer primary key,
    account      integer not null references account (number),
    kind         text not null check
        (kind in ('activate', 'suspend', 'reconnect', 'change', 'recharge')),
    state        text not null check (state in
        ('pending', 'pending_usage', 'exported', 'completed', 'failed', 'cancelled')),
    reason       text not null,
    created_at   integer not null,
    due_at       integer,
    exported_at  integer,
    decided_at   integer,
    outcome      text not null,
    held_by      text not null,
    processed_at integer,
    constraint decided check
        ((decided_at is null) = (state in ('pending', 'pending_usage', 'exported')))
) strict;
-- At most one order of a kind is open for an account: whoever comes second finds it.
create unique index service_order_open on service_order (account, kind) where decided_at is null;
-- Decided in the field, and not yet worked into the account.
create index service_order_unprocessed on service_order (slot)
    where decided_at is not null and processed_at is null;

-- A notice is due within [due_from, due_to). Place in the slot: type for those that come once a
-- day, 256 and up for the others.
create table notice (
    slot       integer primary key,
    type       text not null check
        (type in ('low_balance', 'daily', 'suspend', 'recharge', 'limit')),
    state      text not null check (state in ('waiting', 'sent', 'failed', 'cancelled')),
    created_at integer not null,
    due_from   integer not null,
    due_to     integer not null,
    figures    text not null
) strict;
create index notice_waiting on notice (due_from) where state = 'waiting';

-- What a customer was told.
create table balance_quote (
    slot         integer primary key,
    at           integer not null,
    as_of        integer not null,
    known_at     integer not null,
    balance      integer not null,
    posted       integer not null,
    uncharged    integer not null,
    gap_estimate integer not null,
    asked_by     text not null
) strict;

-- The steps of each night. `cursor` is how far an unfinished step has come.
create table nightly_step (
    day         integer not null,
    place       integer not null,
    name        text not null,
    state       text not null check (state in ('started', 'done')),
    items       integer not null,
    amount      integer not null,
    sources     integer not null,
    started_at  integer not null,
    finished_at integer,
    primary key (day, place)
) strict, without rowid;

create trigger account_event_update before update on account_event
begin select raise(abort, 'account_event is append-only'); end;
create trigger account_event_delete before delete on account_event
begin select raise(abort, 'account_event is append-only'); end;
create trigger ledger_entry_update before update on ledger_entry
begin select raise(abort, 'ledger_entry is append-only'); end;
create trigger ledger_entry_delete before delete on ledger_entry
begin select raise(abort, 'ledger_entry is append-only'); end;
create trigger rate_profile_update before update on rate_profile
begin select raise(abort, 'rate_profile is append-only'); end;
create trigger rate_profile_delete before delete on rate_profile
begin select raise(abort, 'rate_profile is append-only'); end;
create trigger account_service_update before update on account_service
begin select raise(abort, 'account_service is append-only'); end;
create trigger account_service_delete before delete on account_service
begin select raise(abort, 'account_service is append-only'); end;
create trigger ledger_code_update before update on ledger_code
begin select raise(abort, 'ledger_code is append-only'); end;
create trigger ledger_code_delete before delete on ledger_code
begin select raise(abort, 'ledger_code is append-only'); end;
create trigger balance_quote_update before update on balance_quote
begin select raise(abort, 'balance_quote is append-only'); end;
create trigger balance_quote_delete before delete on balance_quote
begin select raise(abort, 'balance_quote is append-only'); end;
create trigger account_delete before delete on account
begin select raise(abort, 'a row of account is kept for ever'); end;
create trigger account_standing_delete before delete on account_standing
begin select raise(abort, 'a row of account_standing is kept for ever'); end;
create trigger payment_delete before delete on payment
begin select raise(abort, 'a row of payment is kept for ever'); end;
create trigger service_order_delete before delete on service_order
begin select raise(abort, 'a row of service_order is kept for ever'); end;
create trigger notice_delete before delete on notice
begin select raise(abort, 'a row of notice is kept for ever'); end;
create trigger nightly_step_delete before delete on nightly_step
begin select raise(abort, 'a row of nightly_step is kept for ever'); end;
create trigger payment_update before update on payment
when old.reversed_by is not null or new.slot <> old.slot or new.method <> old.method or
    new.agent <> old.agent or new.reference is not old.reference or new.amount <> old.amount or
    new.at <> old.at
begin select raise(abort, 'payment is append-only'); end;
create trigger service_order_update before update on service_order
when new.slot <> old.slot or new.account <> old.account or new.kind <> old.kind or
    new.created_at <> old.created_at or
    (old.decided_at is not null and
     (new.decided_at is not old.decided_at or new.state <> old.state))
begin select raise(abort, 'a decided service_order cannot be changed'); end;
-- `insert or replace` deletes without firing delete triggers unless recursive_triggers is on.
create trigger ledger_entry_replace before insert on ledger_entry
when exists (select 1 from ledger_entry where slot = new.slot)
begin select raise(abort, 'ledger_entry is append-only'); end;
create trigger payment_replace before insert on payment
when exists (select 1 from payment where slot = new.slot)
begin select raise(abort, 'payment is append-only'); end;
