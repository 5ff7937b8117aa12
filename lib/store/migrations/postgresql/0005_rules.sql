-- SPDX-License-Identifier: MIT
-- Weather emergencies, entered by hand for a county and a local day. The SQLite file of the same
-- name describes the same table and explains it.

create table weather_emergency (
    state        text collate "C" not null,
    county_key   text collate "C" not null,
    day          bigint not null,
    entry        bigint not null check (entry > 0),
    county       text not null,
    weather      text collate "C" not null check (weather in ('cold', 'heat', 'any')),
    reason       text not null,
    entered_at   bigint not null,
    entered_by   text not null,
    withdrawn_at bigint,
    withdrawn_by text,
    withdrawal   text,
    primary key (state, county_key, day, entry),
    constraint withdrawn check
        ((withdrawn_at is null) = (withdrawn_by is null) and
         (withdrawn_at is null) = (withdrawal is null))
);
create unique index weather_emergency_open on weather_emergency (state, county_key, day, weather)
    where withdrawn_at is null;
create index weather_emergency_day on weather_emergency (day);

create trigger weather_emergency_update before update on weather_emergency
    for each row when (old.withdrawn_at is not null or new.withdrawn_at is null or
        new.state <> old.state or new.county_key <> old.county_key or new.day <> old.day or
        new.entry <> old.entry or new.county <> old.county or new.weather <> old.weather or
        new.reason <> old.reason or new.entered_at <> old.entered_at or
        new.entered_by <> old.entered_by)
    execute function refuse_change();
create trigger weather_emergency_delete before delete on weather_emergency
    for each row execute function refuse_change();
create trigger weather_emergency_truncate before truncate on weather_emergency
    for each statement execute function refuse_change();
