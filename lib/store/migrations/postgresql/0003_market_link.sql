-- SPDX-License-Identifier: MIT
-- The market link: files taken from remote folders, on-demand reads and their quota, back-fill. The
-- SQLite file of the same name describes the same tables and columns.

alter table meter add column meter_number text;

create table remote_file (
    folder   text collate "C" not null,
    name     text collate "C" not null,
    size     bigint not null,
    modified bigint not null,
    sha256   text not null,
    status   text not null check (status in ('loaded', 'partial', 'duplicate', 'rejected')),
    taken_at bigint not null,
    finished bigint not null check (finished in (0, 1)),
    primary key (folder, name, size, modified)
);

create table market_request (
    id             text collate "C" not null primary key,
    kind           text not null check (kind in ('read', 'power_status')),
    meter          text collate "C" not null,
    state          text not null check
        (state in ('claimed', 'pending', 'completed', 'failed', 'refused', 'withdrawn', 'expired')),
    asked_at       bigint not null,
    asked_by       text not null,
    trans_id       text not null,
    correlation_id text not null,
    poll_after_ms  bigint not null,
    polls          bigint not null,
    decided_at     bigint,
    read_at        bigint,
    register_wh    bigint,
    word           text not null,
    message        text not null,
    source         bigint,
    constraint decided check ((decided_at is null) = (state in ('claimed', 'pending')))
);
create unique index market_request_open on market_request (meter, kind) where decided_at is null;
create index market_request_meter on market_request (meter, kind, asked_at);

create trigger market_request_update before update on market_request
    for each row when (old.decided_at is not null and
        (new.decided_at is distinct from old.decided_at or new.state <> old.state or
         new.asked_at <> old.asked_at))
    execute function refuse_change();
create trigger market_request_delete before delete on market_request
    for each row execute function refuse_change();
create trigger market_request_truncate before truncate on market_request
    for each statement execute function refuse_change();

create table backfill_request (
    number     bigint primary key,
    plan       text not null,
    send_on    bigint not null,
    first_day  bigint not null,
    last_day   bigint not null,
    meters     text not null,
    state      text not null check (state in ('planned', 'claimed', 'stored', 'empty', 'failed')),
    decided_at bigint,
    intervals  bigint not null,
    message    text not null
);
create index backfill_request_open on backfill_request (send_on) where decided_at is null;

alter table source drop constraint source_kind_check;
alter table source add constraint source_kind_check check (kind in ('file', 'rezone', 'market'));
