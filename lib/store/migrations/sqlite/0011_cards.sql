-- SPDX-License-Identifier: MIT
-- Prepaid cards: agents that sell them, batches that travel together, and the cards themselves.
-- No PIN is kept: `hash` is what a PIN is held against, made with a key outside the store.

create table agent (
    number     integer primary key,
    id         text not null unique,
    name       text not null,
    contact    text not null,
    commission integer not null check (commission between 0 and 10000),  -- hundredths of a percent
    basis      text not null check (basis = 'used' or basis = 'activated'),
    period     text not null check (period = 'week' or period = 'month'),
    credit     integer not null check (credit >= 0),  -- for void cards, taken off the next invoice
    created_at integer not null
) strict;

create table card_batch (
    number       integer primary key,
    name         text not null unique,
    state        text not null check
        (state = 'generated' or state = 'printed' or state = 'received' or state = 'shipped' or
         state = 'active' or state = 'frozen' or state = 'void'),
    frozen_from  text,
    value        integer not null check (value > 0),
    expires      integer,                              -- the last day a card can be spent
    cards        integer not null check (cards >= 0),  -- that are in it
    wanted       integer not null check (wanted >= 0), -- to be made; 0: packaged from others
    first_number integer not null,  -- of those; the others follow it
    made         integer not null check (made between 0 and wanted),
    pin_digits   integer not null,
    key          text not null,
    memory_kib   integer not null,
    passes       integer not null,
    print_file   text not null,
    print_bytes  integer not null,
    agent        integer references agent (number),
    created_at   integer not null,
    confirmed_at integer,
    confirmed_by text not null,
    proposed_at  integer,
    proposed_by  text not null,
    activated_at integer,
    activated_by text not null,
    check ((state = 'frozen') = (frozen_from is not null))
) strict;

create table card (
    number      integer primary key,  -- the serial number without its check digit
    batch       integer not null references card_batch (number),
    state       text not null check
        (state = 'active' or state = 'inactive' or state = 'used' or state = 'expired' or
         state = 'frozen' or state = 'void'),
    frozen_from text,
    salt        blob not null,
    hash        blob not null,
    used_at     integer,
    uses        integer not null check (uses >= 0),
    invoice     integer,
    check ((state = 'frozen') = (frozen_from is not null)),
    check ((state = 'used') = (used_at is not null))
) strict;
create index card_of_batch on card (batch);

-- Each step of a batch, and of single cards; card 0 is the batch as a whole.
create table card_event (
    batch  integer not null,
    card   integer not null,
    place  integer not null,
    at     integer not null,
    actor  text not null,
    step   text not null,
    was    text not null,
    became text not null,
    reason text not null,
    primary key (card, batch, place)
) strict, without rowid;

create table card_lock (
    scope        text not null check
        (scope = 'card' or scope = 'account' or scope = 'channel' or scope = 'global'),
    name         text not null,
    since        integer not null,
    refusals     integer not null check (refusals >= 0),
    locked_until integer,
    primary key (scope, name)
) strict, without rowid;

-- What agents owe for cards: numbered without gaps. `slot` is the entry of the ledger.
create table card_invoice (
    number     integer primary key check (number > 0),
    agent      integer not null references agent (number),
    first_day  integer not null,
    last_day   integer not null check (last_day >= first_day),
    basis      text not null check (basis = 'used' or basis = 'activated'),
    cards      integer not null,
    face       integer not null,
    commission integer not null,
    credit     integer not null check (credit between 0 and face - commission),
    slot       integer not null,
    made_at    integer not null,
    made_by    text not null,
    paid_at    integer,
    paid_by    text not null,  -- method and reference, in words
    paid_slot  integer
) strict;
create index card_invoice_agent on card_invoice (agent, first_day);

create trigger agent_delete before delete on agent
begin select raise(abort, 'a row of agent is kept for ever'); end;
create trigger card_batch_delete before delete on card_batch
begin select raise(abort, 'a row of card_batch is kept for ever'); end;
create trigger card_delete before delete on card
begin select raise(abort, 'a row of card is kept for ever'); end;
create trigger card_update before update on card
when new.number <> old.number or new.salt <> old.salt or new.hash <> old.hash or
    new.uses < old.uses or (old.invoice is not null and new.invoice is not old.invoice) or
    (old.state = 'void' and new.state <> 'void')
begin select raise(abort, 'a card keeps its number, its mark and its invoice'); end;
create trigger card_replace before insert on card
when exists (select 1 from card where number = new.number)
begin select raise(abort, 'a card keeps its number'); end;
create trigger card_event_update before update on card_event
begin select raise(abort, 'card_event is append-only'); end;
create trigger card_event_delete before delete on card_event
begin select raise(abort, 'card_event is append-only'); end;
create trigger card_invoice_delete before delete on card_invoice
begin select raise(abort, 'a row of card_invoice is kept for ever'); end;
create trigger card_invoice_update before update on card_invoice
when old.paid_at is not null or new.number <> old.number or new.agent <> old.agent or
    new.face <> old.face or new.commission <> old.commission or new.credit <> old.credit or
    new.slot <> old.slot
begin select raise(abort, 'an invoice can only be paid, once'); end;
