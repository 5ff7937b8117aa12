-- SPDX-License-Identifier: MIT
-- Weather emergencies, entered by hand for a county and a local day. Whether power may be cut is
-- decided by them, so nothing is ever forgotten: a withdrawal marks its row, and the same day may
-- be entered again under the next number.

create table weather_emergency (
    state        text not null,  -- two letters, upper case
    county_key   text not null,  -- the county as it is compared: small letters, without "county"
    day          integer not null,
    entry        integer not null check (entry > 0),  -- of this county and day, from 1
    county       text not null,  -- as it was written
    weather      text not null check (weather in ('cold', 'heat', 'any')),
    reason       text not null,
    entered_at   integer not null,
    entered_by   text not null,
    withdrawn_at integer,
    withdrawn_by text,
    withdrawal   text,  -- why it was withdrawn
    primary key (state, county_key, day, entry),
    constraint withdrawn check
        ((withdrawn_at is null) = (withdrawn_by is null) and
         (withdrawn_at is null) = (withdrawal is null))
) strict, without rowid;
-- A kind of weather is in force once for a county and day.
create unique index weather_emergency_open on weather_emergency (state, county_key, day, weather)
    where withdrawn_at is null;
create index weather_emergency_day on weather_emergency (day);

create trigger weather_emergency_update before update on weather_emergency
when old.withdrawn_at is not null or new.withdrawn_at is null or new.state <> old.state or
    new.county_key <> old.county_key or new.day <> old.day or new.entry <> old.entry or
    new.county <> old.county or new.weather <> old.weather or new.reason <> old.reason or
    new.entered_at <> old.entered_at or new.entered_by <> old.entered_by
begin select raise(abort, 'a weather_emergency can only be withdrawn, once'); end;
create trigger weather_emergency_delete before delete on weather_emergency
begin select raise(abort, 'weather_emergency is append-only'); end;
-- `insert or replace` deletes without firing delete triggers unless recursive_triggers is on.
create trigger weather_emergency_replace before insert on weather_emergency
when exists (select 1 from weather_emergency
             where state = new.state and county_key = new.county_key and day = new.day and
                   (entry = new.entry or
                    (weather = new.weather and withdrawn_at is null and new.withdrawn_at is null)))
begin select raise(abort, 'weather_emergency is append-only'); end;
