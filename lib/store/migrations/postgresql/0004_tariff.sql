-- SPDX-License-Identifier: MIT
-- Tariffs: the text of every version, never edited in place. The SQLite file of the same name
-- describes the same table and explains it.

create table tariff (
    name      text collate "C" not null,
    version   bigint not null check (version > 0),
    effective bigint not null,
    sha256    text not null,
    text      text not null,
    added_at  bigint not null,
    primary key (name, version)
);
create unique index tariff_effective on tariff (name, effective);

create trigger tariff_change before update or delete on tariff
    for each row execute function refuse_change();
create trigger tariff_truncate before truncate on tariff
    for each statement execute function refuse_change();
