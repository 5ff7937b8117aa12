-- SPDX-License-Identifier: MIT
-- The legacy billing system, and reconciliations with its bills. The SQLite file of the same name
-- describes the same tables and explains them.

create table legacy_extract (
    number    bigint primary key,
    sha256    text collate "C" not null unique,
    path      text not null,
    lines     bigint not null,
    added     bigint not null,
    changed   bigint not null,
    unchanged bigint not null,
    rejected  bigint not null,
    at        bigint not null,
    actor     text not null
);

create table legacy_account (
    account           text collate "C" primary key,
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
    begin_reading_wh  bigint,
    installed_on      bigint,
    last_read_on      bigint,
    cycle_day         bigint check (cycle_day between 1 and 28),
    past_due          bigint,
    unbilled_wh       bigint,
    unbilled          bigint,
    deposit           bigint,
    critical_care     bigint check (critical_care in (0, 1)),
    chronic_condition bigint check (chronic_condition in (0, 1)),
    medical           bigint check (medical in (0, 1)),
    tax_exempt        bigint check (tax_exempt in (0, 1)),
    extract           bigint not null,
    at                bigint not null
);

create table reconcile_run (
    cycle_end   bigint not null,
    version     bigint not null check (version > 0),
    state       text collate "C" not null check
        (state in ('started', 'awaiting_second', 'accepting', 'accepted', 'replaced')),
    bills       text not null,
    base_rate   bigint,
    pca_rate    bigint,
    lines       bigint not null,
    rejected    bigint not null,
    actual      bigint not null,
    estimated   bigint not null,
    absolute    bigint not null,
    started_at  bigint not null,
    started_by  text not null,
    accepted_at bigint,
    accepted_by text,
    second_at   bigint,
    second_by   text,
    finished_at bigint,
    primary key (cycle_end, version),
    constraint accepted check ((accepted_at is null) = (accepted_by is null)),
    constraint seconded check ((second_at is null) = (second_by is null))
);
create unique index reconcile_run_open on reconcile_run (cycle_end) where state <> 'replaced';

create table reconcile_item (
    cycle_end   bigint not null,
    version     bigint not null,
    line        bigint not null,
    account     text not null,
    number      bigint,
    code        text not null,
    message     text not null,
    cycle_start bigint not null,
    actual_wh   bigint not null,
    charged_wh  bigint not null,
    actual      text not null,
    estimated   text not null,
    adjustment  bigint not null,
    explanation text not null,
    payments    bigint not null,
    entry       bigint,
    posted_at   bigint,
    primary key (cycle_end, version, line)
);
create index reconcile_item_account on reconcile_item (number, cycle_end);
create index reconcile_item_name on reconcile_item (cycle_end, version, account);

create trigger legacy_extract_change before update or delete on legacy_extract
    for each row execute function refuse_change();
create trigger legacy_extract_truncate before truncate on legacy_extract
    for each statement execute function refuse_change();
create trigger legacy_account_delete before delete on legacy_account
    for each row execute function refuse_change();
create trigger legacy_account_truncate before truncate on legacy_account
    for each statement execute function refuse_change();
create trigger reconcile_run_delete before delete on reconcile_run
    for each row execute function refuse_change();
create trigger reconcile_run_truncate before truncate on reconcile_run
    for each statement execute function refuse_change();
create trigger reconcile_run_update before update on reconcile_run for each row
    when (new.cycle_end <> old.cycle_end or new.version <> old.version or
          new.bills <> old.bills or new.started_at <> old.started_at or
          new.started_by <> old.started_by or
          (old.accepted_at is not null and
           (new.accepted_at is distinct from old.accepted_at or
            new.accepted_by is distinct from old.accepted_by)) or
          (old.second_at is not null and
           (new.second_at is distinct from old.second_at or
            new.second_by is distinct from old.second_by)) or
          old.state in ('accepted', 'replaced'))
    execute function refuse_change();
create trigger reconcile_item_delete before delete on reconcile_item
    for each row execute function refuse_change();
create trigger reconcile_item_truncate before truncate on reconcile_item
    for each statement execute function refuse_change();
create trigger reconcile_item_update before update on reconcile_item for each row
    when (old.posted_at is not null or new.cycle_end <> old.cycle_end or
          new.version <> old.version or new.line <> old.line or new.account <> old.account or
          new.actual <> old.actual or new.estimated <> old.estimated or
          new.adjustment <> old.adjustment or new.explanation <> old.explanation)
    execute function refuse_change();
