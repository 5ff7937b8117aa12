-- SPDX-License-Identifier: MIT
-- A payment or a charge is a handful of rows. For each check `x in (three words or more)` on one
-- of them SQLite makes a table of its own and drops it again; as comparisons the same checks cost
-- next to nothing. The tables are made anew, because SQLite cannot change a check. Nor does every
-- payment need a place in an index of the few that were taken back.

create table ledger_entry_new (
    slot         integer primary key,
    kind         text not null check
        (kind = 'charge' or kind = 'payment' or kind = 'correction' or kind = 'setup' or
         kind = 'fee' or kind = 'reversal' or kind = 'deposit' or kind = 'adjustment' or
         kind = 'settlement' or kind = 'transfer'),
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
insert into ledger_entry_new select * from ledger_entry;
drop table ledger_entry;
alter table ledger_entry_new rename to ledger_entry;

create table payment_new (
    slot        integer primary key,
    method      text not null check
        (method = 'cash' or method = 'agent' or method = 'card' or method = 'ach' or
         method = 'money_transfer' or method = 'bill_payment' or method = 'prepaid_card'),
    agent       text not null,
    reference   text,
    amount      integer not null check (amount > 0),
    at          integer not null,
    reversed_by integer
) strict;
insert into payment_new select * from payment;
drop table payment;
alter table payment_new rename to payment;
create unique index payment_reference on payment (reference, method, agent)
    where reference is not null;
create unique index payment_reversed on payment (reversed_by) where reversed_by is not null;

create table notice_new (
    slot       integer primary key,
    type       text not null check
        (type = 'low_balance' or type = 'daily' or type = 'suspend' or type = 'recharge' or
         type = 'limit'),
    state      text not null check
        (state = 'waiting' or state = 'sent' or state = 'failed' or state = 'cancelled'),
    created_at integer not null,
    due_from   integer not null,
    due_to     integer not null,
    figures    text not null
) strict;
insert into notice_new select * from notice;
drop table notice;
alter table notice_new rename to notice;
create index notice_waiting on notice (due_from) where state = 'waiting';

create table account_standing_new (
    account         integer primary key references account (number),
    status          text not null check
        (status = 'active' or status = 'pending' or status = 'paid' or status = 'past_due' or
         status = 'suspended' or status = 'closed'),
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
    wants_daily     integer not null check (wants_daily = 0 or wants_daily = 1),
    changing        integer not null check (changing = 0 or changing = 1)
) strict;
insert into account_standing_new select * from account_standing;
drop table account_standing;
alter table account_standing_new rename to account_standing;

-- Triggers go with their table.
create trigger ledger_entry_update before update on ledger_entry
begin select raise(abort, 'ledger_entry is append-only'); end;
create trigger ledger_entry_delete before delete on ledger_entry
begin select raise(abort, 'ledger_entry is append-only'); end;
create trigger account_standing_delete before delete on account_standing
begin select raise(abort, 'a row of account_standing is kept for ever'); end;
create trigger payment_delete before delete on payment
begin select raise(abort, 'a row of payment is kept for ever'); end;
create trigger notice_delete before delete on notice
begin select raise(abort, 'a row of notice is kept for ever'); end;
create trigger payment_update before update on payment
when old.reversed_by is not null or new.slot <> old.slot or new.method <> old.method or
    new.agent <> old.agent or new.reference is not old.reference or new.amount <> old.amount or
    new.at <> old.at
begin select raise(abort, 'payment is append-only'); end;
-- `insert or replace` deletes without firing delete triggers unless recursive_triggers is on.
create trigger ledger_entry_replace before insert on ledger_entry
when exists (select 1 from ledger_entry where slot = new.slot)
begin select raise(abort, 'ledger_entry is append-only'); end;
create trigger payment_replace before insert on payment
when exists (select 1 from payment where slot = new.slot)
begin select raise(abort, 'payment is append-only'); end;
