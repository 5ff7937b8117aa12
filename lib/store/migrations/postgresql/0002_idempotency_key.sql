-- SPDX-License-Identifier: MIT
-- The first answer given to an idempotency key, kept for ever.

create table idempotency_key (
    key     text collate "C" not null primary key,
    command text not null,
    body    text not null,
    answer  text not null,
    at      bigint not null
);

create trigger idempotency_key_change before update or delete on idempotency_key
    for each row execute function refuse_change();
create trigger idempotency_key_truncate before truncate on idempotency_key
    for each statement execute function refuse_change();
