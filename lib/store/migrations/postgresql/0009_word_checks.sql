-- SPDX-License-Identifier: MIT
-- Not every payment needs a place in an index of the few that were taken back. The SQLite file of
-- the same name also writes some checks in another way; PostgreSQL has no use for that.

alter table payment drop constraint payment_reversed_by_key;
create unique index payment_reversed on payment (reversed_by) where reversed_by is not null;
