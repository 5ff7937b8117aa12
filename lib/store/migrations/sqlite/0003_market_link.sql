-- SPDX-License-Identifier: MIT
-- The market link: files taken from remote folders, on-demand reads and their quota, back-fill.

alter table meter add column meter_number text;

-- Files already taken from a remote folder. One that changes there is another file. An unknown size
-- or time is -1; `finished` says that it was archived or deleted as wished.
create table remote_file (
    folder   text not null,
    name     text not null,
    size     integer not null,
    modified integer not null,
    sha256   text not null,
    status   text not null check (status in ('loaded', 'partial', 'duplicate', 'rejected')),
    taken_at integer not null,
    finished integer not null check (finished in (0, 1)),
    primary key (folder, name, size, modified)
) strict, without rowid;

-- What was asked of the market, one row before anything is sent. The quota is counted from here:
-- `claimed` may or may not have been sent, `pending` was taken by the market.
create table market_request (
    id             text not null primary key,
    kind           text not null check (kind in ('read', 'power_status')),
    meter          text not null,
    state          text not null check
        (state in ('claimed', 'pending', 'completed', 'failed', 'refused', 'withdrawn', 'expired')),
    asked_at       integer not null,
    asked_by       text not null,
    trans_id       text not null,
    correlation_id text not null,
    poll_after_ms  integer not null,
    polls          integer not null,
    decided_at     integer,
    read_at        integer,
    register_wh    integer,
    word           text not null,
    message        text not null,
    source         integer,
    constraint decided check ((decided_at is null) = (state in ('claimed', 'pending')))
) strict, without rowid;
-- At most one question of a kind is open for a meter: whoever comes second shares it.
create unique index market_request_open on market_request (meter, kind) where decided_at is null;
create index market_request_meter on market_request (meter, kind, asked_at);

create trigger market_request_update before update on market_request
when old.decided_at is not null and
    (new.decided_at is not old.decided_at or new.state <> old.state or new.asked_at <> old.asked_at)
begin select raise(abort, 'a decided market_request cannot be changed'); end;
create trigger market_request_delete before delete on market_request
begin select raise(abort, 'market_request is append-only'); end;

-- Back-fill of settled history, planned within the market's sizes and spread over days.
create table backfill_request (
    number     integer primary key,
    plan       text not null,
    send_on    integer not null,
    first_day  integer not null,
    last_day   integer not null,
    meters     text not null,
    state      text not null check (state in ('planned', 'claimed', 'stored', 'empty', 'failed')),
    decided_at integer,
    intervals  integer not null,
    message    text not null
) strict;
create index backfill_request_open on backfill_request (send_on) where decided_at is null;

-- A third kind of source. SQLite cannot change a check, so the table is made anew.
create table source_new (
    number        integer primary key,
    kind          text not null check (kind in ('file', 'rezone', 'market')),
    sha256        text,
    path          text not null,
    format        text not null,
    status        text not null check (status in ('open', 'loaded', 'partial')),
    layer         integer not null,
    size          integer not null,
    known_at      integer not null,
    records       integer not null,
    intervals     integer not null,
    blanks        integer not null,
    read_rejected integer not null,
    rounded       integer not null,
    total_wh      integer not null,
    first_at      integer,
    last_at       integer,
    stored        integer not null,
    unchanged     integer not null,
    superseded    integer not null,
    rejected      integer not null,
    meters        integer not null,
    constraint conservation check
        (status = 'open' or intervals = stored + unchanged + superseded + rejected)
) strict;
insert into source_new select * from source;
drop table source;
alter table source_new rename to source;
create unique index source_content on source (sha256, layer) where sha256 is not null;
create index source_size on source (size);
create trigger source_update before update on source
when old.status <> 'open' or new.number <> old.number or new.known_at <> old.known_at
begin select raise(abort, 'source is append-only'); end;
create trigger source_delete before delete on source
begin select raise(abort, 'source is append-only'); end;
create trigger source_replace before insert on source
when exists (select 1 from source where number = new.number)
begin select raise(abort, 'source is append-only'); end;
