-- SPDX-License-Identifier: MIT
-- The legacy billing system: what its extracts say of each account, and the reconciliations of the
-- prepay ledger with its bills.

-- Extracts taken. The same content is taken once.
create table legacy_extract (
    number    integer primary key,
    sha256    text not null unique,
    path      text not null,
    lines     integer not null,
    added     integer not null,
    changed   integer not null,
    unchanged integer not null,
    rejected  integer not null,
    at        integer not null,
    actor     text not null
) strict;

-- What the last extract that named an account said of it. Contacts as in table account; a flag is
-- null where the extract does not tell.
create table legacy_account (
    account           text primary key,
    name              text not null,
    street            text not null,
    city              text not null,
    state             text not null,
    county            text not null,
    postal_code       text not null,
    contacts          text not null,
    language          text,
    meter             text,
    meter_number      text,
    begin_reading_wh  integer,
    installed_on      integer,
    last_read_on      integer,
    cycle_day         integer check (cycle_day between 1 and 28),
    past_due          integer,
    unbilled_wh       integer,
    unbilled          integer,
    deposit           integer,
    critical_care     integer check (critical_care in (0, 1)),
    chronic_condition integer check (chronic_condition in (0, 1)),
    medical           integer check (medical in (0, 1)),
    tax_exempt        integer check (tax_exempt in (0, 1)),
    extract           integer not null,
    at                integer not null
) strict, without rowid;

-- A comparison of the ledger with the bills of one billing cycle, which ends with `cycle_end`.
-- Money in millionths, rates in 10^-9 per kWh.
create table reconcile_run (
    cycle_end   integer not null,
    version     integer not null check (version > 0),
    state       text not null check
        (state in ('started', 'awaiting_second', 'accepting', 'accepted', 'replaced')),
    bills       text not null,
    base_rate   integer,
    pca_rate    integer,
    lines       integer not null,
    rejected    integer not null,
    actual      integer not null,
    estimated   integer not null,
    absolute    integer not null,
    started_at  integer not null,
    started_by  text not null,
    accepted_at integer,
    accepted_by text,
    second_at   integer,
    second_by   text,
    finished_at integer,
    primary key (cycle_end, version),
    constraint accepted check ((accepted_at is null) = (accepted_by is null)),
    constraint seconded check ((second_at is null) = (second_by is null))
) strict, without rowid;
-- One run of a cycle counts.
create unique index reconcile_run_open on reconcile_run (cycle_end) where state <> 'replaced';

-- A line of the bills: what it said, what the ledger had, and the entry that made them equal.
-- `number` is the account's, null where it is unknown; `actual` and `estimated` are amounts by
-- component, `explanation` the lines that add up to the adjustment.
create table reconcile_item (
    cycle_end   integer not null,
    version     integer not null,
    line        integer not null,
    account     text not null,
    number      integer,
    code        text not null,
    message     text not null,
    cycle_start integer not null,
    actual_wh   integer not null,
    charged_wh  integer not null,
    actual      text not null,
    estimated   text not null,
    adjustment  integer not null,
    explanation text not null,
    payments    integer not null,
    entry       integer,
    posted_at   integer,
    primary key (cycle_end, version, line)
) strict, without rowid;
create index reconcile_item_account on reconcile_item (number, cycle_end);
create index reconcile_item_name on reconcile_item (cycle_end, version, account);

create trigger legacy_extract_update before update on legacy_extract
begin select raise(abort, 'legacy_extract is append-only'); end;
create trigger legacy_extract_delete before delete on legacy_extract
begin select raise(abort, 'legacy_extract is append-only'); end;
create trigger legacy_account_delete before delete on legacy_account
begin select raise(abort, 'a row of legacy_account is kept for ever'); end;
create trigger reconcile_run_delete before delete on reconcile_run
begin select raise(abort, 'a row of reconcile_run is kept for ever'); end;
create trigger reconcile_run_update before update on reconcile_run
when new.cycle_end <> old.cycle_end or new.version <> old.version or new.bills <> old.bills or
    new.started_at <> old.started_at or new.started_by <> old.started_by or
    (old.accepted_at is not null and
     (new.accepted_at is not old.accepted_at or new.accepted_by is not old.accepted_by)) or
    (old.second_at is not null and
     (new.second_at is not old.second_at or new.second_by is not old.second_by)) or
    old.state in ('accepted', 'replaced')
begin select raise(abort, 'an ended reconcile_run cannot be changed'); end;
create trigger reconcile_item_delete before delete on reconcile_item
begin select raise(abort, 'a row of reconcile_item is kept for ever'); end;
create trigger reconcile_item_update before update on reconcile_item
when old.posted_at is not null or new.cycle_end <> old.cycle_end or
    new.version <> old.version or new.line <> old.line or new.account <> old.account or
    new.actual <> old.actual or new.estimated <> old.estimated or
    new.adjustment <> old.adjustment or new.explanation <> old.explanation
begin select raise(abort, 'a reconcile_item can only be posted, once'); end;
