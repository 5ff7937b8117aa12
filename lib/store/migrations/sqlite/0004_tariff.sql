-- SPDX-License-Identifier: MIT
-- Tariffs: the text of every version, never edited in place. What was charged names the version it
-- used; of the versions that are effective by a day, the one with the latest effective date holds.

create table tariff (
    name      text not null,
    version   integer not null check (version > 0),
    effective integer not null,
    sha256    text not null,
    text      text not null,
    added_at  integer not null,
    primary key (name, version)
) strict, without rowid;
create unique index tariff_effective on tariff (name, effective);

create trigger tariff_update before update on tariff
begin select raise(abort, 'tariff is append-only'); end;
create trigger tariff_delete before delete on tariff
begin select raise(abort, 'tariff is append-only'); end;
-- `insert or replace` deletes without firing delete triggers unless recursive_triggers is on.
create trigger tariff_replace before insert on tariff
when exists (select 1 from tariff
             where name = new.name and (version = new.version or effective = new.effective))
begin select raise(abort, 'tariff is append-only'); end;
