-- SPDX-License-Identifier: MIT
-- Prepaid cards: agents that sell them, batches that travel together, and the cards themselves.
-- No PIN is kept: `hash` is what a PIN is held against, made with a key outside the store.

create table agent (
    number     bigint primary key,
    id         text not null unique,
    name       text not null,
    contact    text not null,
    commission bigint not null check (commission between 0 and 10000),  -- hundredths of a percent
    basis      text not null check (basis = 'used' or basis = 'activated'),
    period     text not null check (period = 'week' or period = 'month'),
    credit     bigint not null check (credit >= 0),  -- for void cards, taken off the next invoice
    created_at bigint not null
);

create table card_batch (
    number       bigint primary key,
    name         text not null unique,
    state        text not null check
        (state = 'generated' or state = 'printed' or state = 'received' or state = 'shipped' or
         state = 'active' or state = 'frozen' or state = 'void'),
    frozen_from  text,
    value        bigint not null check (value > 0),
    expires      bigint,                              -- the last day a card can be spent
    cards        bigint not null check (cards >= 0),  -- that are in it
    wanted       bigint not null check (wanted >= 0), -- to be made; 0: packaged from others
    first_number bigint not null,  -- of those; the others follow it
    made         bigint not null check (made between 0 and wanted),
    pin_digits   bigint not null,
    key          text not null,
    memory_kib   bigint not null,
    passes       bigint not null,
    print_file   text not null,
    print_bytes  bigint not null,
    agent        bigint references agent (number),
    created_at   bigint not null,
    confirmed_at bigint,
    confirmed_by text not null,
    proposed_at  bigint,
    proposed_by  text not null,
    activated_at bigint,
    activated_by text not null,
    check ((state = 'frozen') = (frozen_from is not null))
);

create table card (
    number      bigint primary key,  -- the serial number without its check digit
    batch       bigint not null references card_batch (number),
    state       text not null check
        (state = 'active' or state = 'inactive' or state = 'used' or state = 'expired' or
         state = 'frozen' or state = 'void'),
    frozen_from text,
    salt        bytea not null,
    hash        bytea not null,
    used_at     bigint,
    uses        bigint not null check (uses >= 0),
    invoice     bigint,
    check ((state = 'frozen') = (frozen_from is not null)),
    check ((state = 'used') = (used_at is not null))
);
create index card_of_batch on card (batch);

-- Each step of a batch, and of single cards; card 0 is the batch as a whole.
create table card_event (
    batch  bigint not null,
    card   bigint not null,
    place  bigint not null,
    at     bigint not null,
    actor  text not null,
    step   text not null,
    was    text not null,
    became text not null,
    reason text not null,
    primary key (card, batch, place)
);

create table card_lock (
    scope        text not null check
        (scope = 'card' or scope = 'account' or scope = 'channel' or scope = 'global'),
    name         text not null,
    since        bigint not null,
    refusals     bigint not null check (refusals >= 0),
    locked_until bigint,
    primary key (scope, name)
);

-- What agents owe for cards: numbered without gaps. `slot` is the entry of the ledger.
create table card_invoice (
    number     bigint primary key check (number > 0),
    agent      bigint not null references agent (number),
    first_day  bigint not null,
    last_day   bigint not null check (last_day >= first_day),
    basis      text not null check (basis = 'used' or basis = 'activated'),
    cards      bigint not null,
    face       bigint not null,
    commission bigint not null,
    credit     bigint not null check (credit between 0 and face - commission),
    slot       bigint not null,
    made_at    bigint not null,
    made_by    text not null,
    paid_at    bigint,
    paid_by    text not null,  -- method and reference, in words
    paid_slot  bigint
);
create index card_invoice_agent on card_invoice (agent, first_day);

create trigger agent_delete before delete on agent
    for each row execute function refuse_change();
create trigger agent_truncate before truncate on agent
    for each statement execute function refuse_change();
create trigger card_batch_delete before delete on card_batch
    for each row execute function refuse_change();
create trigger card_batch_truncate before truncate on card_batch
    for each statement execute function refuse_change();
create trigger card_delete before delete on card
    for each row execute function refuse_change();
create trigger card_truncate before truncate on card
    for each statement execute function refuse_change();
create trigger card_update before update on card for each row
    when (new.number <> old.number or new.salt <> old.salt or new.hash <> old.hash or
          new.uses < old.uses or
          (old.invoice is not null and new.invoice is distinct from old.invoice) or
          (old.state = 'void' and new.state <> 'void'))
    execute function refuse_change();
create trigger card_event_change before update or delete on card_event
    for each row execute function refuse_change();
create trigger card_event_truncate before truncate on card_event
    for each statement execute function refuse_change();
create trigger card_invoice_delete before delete on card_invoice
    for each row execute function refuse_change();
create trigger card_invoice_truncate before truncate on card_invoice
    for each statement execute function refuse_change();
create trigger card_invoice_update before update on card_invoice for each row
    when (old.paid_at is not null or new.number <> old.number or new.agent <> old.agent or
          new.face <> old.face or new.commission <> old.commission or
          new.credit <> old.credit or new.slot <> old.slot)
    execute function refuse_change();
