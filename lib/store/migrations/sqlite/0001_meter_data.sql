-- SPDX-License-Identifier: MIT
-- Meter data, its sources, the audit record. The PostgreSQL file of the same name describes the
-- same tables and columns.

create table schema_migration (
    version    integer primary key,
    name       text not null,
    sha256     text not null,
    applied_at integer not null
) strict;

create table store_info (
    key   text not null primary key,
    value text not null
) strict, without rowid;

create table meter (
    id                 integer primary key,
    name               text not null unique,
    timezone           text not null,
    provider_of_record text,
    account            text,
    multiplier         integer not null default 1,
    known_since        integer not null
) strict;
-- Finds the few meters outside the usual zone without reading them all.
create index meter_timezone on meter (timezone);

-- Where blocks came from. `read_rejected` counts what the reader refused, `rejected` what stayed
-- outside in the end. Completed once, by the update that closes it.
create table source (
    number        integer primary key,
    kind          text not null check (kind in ('file', 'rezone')),
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
create unique index source_content on source (sha256, layer) where sha256 is not null;
create index source_size on source (size);

-- Current day blocks. `slot` is day << 40 | meter << 8 | channel << 4 | layer; the view usage_block
-- takes it apart.
create table block (
    slot     integer primary key,
    revision integer not null,
    source   integer not null,
    data     blob not null
) strict;

-- What was replaced. A version was known from the known_at of its source until that of the source
-- that superseded it; both the same: it arrived already superseded.
create table block_history (
    slot          integer not null,
    version       integer not null,
    revision      integer not null,
    source        integer not null,
    superseded_by integer not null,
    data          blob not null,
    primary key (slot, version)
) strict, without rowid;

create table audit_record (
    number    integer primary key,
    at        integer not null,
    actor     text not null,
    os_user   text not null,
    command   text not null,
    arguments text not null,
    outcome   text not null
) strict;
create index audit_record_at on audit_record (at);

create view usage_block as
select b.slot as slot,
       date((b.slot >> 40) * 86400, 'unixepoch') as day,
       m.name as meter,
       (b.slot >> 4) & 15 as channel,
       b.slot & 15 as layer,
       b.revision as revision,
       b.source as source,
       length(b.data) as data_bytes
from block b join meter m on m.id = ((b.slot >> 8) & 4294967295);

create trigger audit_record_update before update on audit_record
begin select raise(abort, 'audit_record is append-only'); end;
create trigger audit_record_delete before delete on audit_record
begin select raise(abort, 'audit_record is append-only'); end;
create trigger block_history_update before update on block_history
begin select raise(abort, 'block_history is append-only'); end;
create trigger block_history_delete before delete on block_history
begin select raise(abort, 'block_history is append-only'); end;
create trigger source_update before update on source
when old.status <> 'open' or new.number <> old.number or new.known_at <> old.known_at
begin select raise(abort, 'source is append-only'); end;
create trigger source_delete before delete on source
begin select raise(abort, 'source is append-only'); end;
create trigger store_info_update before update on store_info
when old.key = 'sandbox' or new.key = 'sandbox'
begin select raise(abort, 'the sandbox mark of a store cannot be changed'); end;
create trigger store_info_delete before delete on store_info when old.key = 'sandbox'
begin select raise(abort, 'the sandbox mark of a store cannot be changed'); end;
-- `insert or replace` deletes without firing delete triggers unless recursive_triggers is on.
create trigger audit_record_replace before insert on audit_record
when exists (select 1 from audit_record where number = new.number)
begin select raise(abort, 'audit_record is append-only'); end;
create trigger source_replace before insert on source
when exists (select 1 from source where number = new.number)
begin select raise(abort, 'source is append-only'); end;
create trigger block_history_replace before insert on block_history
when exists (select 1 from block_history where slot = new.slot and version = new.version)
begin select raise(abort, 'block_history is append-only'); end;
create trigger store_info_replace before insert on store_info
when exists (select 1 from store_info where key = new.key)
begin select raise(abort, 'the sandbox mark of a store cannot be changed'); end;
