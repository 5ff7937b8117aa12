-- SPDX-License-Identifier: MIT
-- The first answer given to an idempotency key, kept for ever.

create table idempotency_key (
    key     text not null primary key,
    command text not null,
    body    text not null,
    answer  text not null,
    at      integer not null
) strict, without rowid;

create trigger idempotency_key_update before update on idempotency_key
begin select raise(abort, 'idempotency_key is append-only'); end;
create trigger idempotency_key_delete before delete on idempotency_key
begin select raise(abort, 'idempotency_key is append-only'); end;
-- `insert or replace` deletes without firing delete triggers unless recursive_triggers is on.
create trigger idempotency_key_replace before insert on idempotency_key
when exists (select 1 from idempotency_key where key = new.key)
begin select raise(abort, 'idempotency_key is append-only'); end;
