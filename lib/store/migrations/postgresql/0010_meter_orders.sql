-- SPDX-License-Identifier: MIT
-- Orders about the meter itself: an exchange says which meter is wanted, and the account is served
-- by it from the day it was done on; a recharge says of which payment the meter has to be told, and
-- of how much.
alter table service_order add column new_meter text;
alter table service_order add column note text not null default '';
alter table service_order add column amount bigint;
alter table service_order add column payment bigint;

-- At most one order of a kind is open for an account, but for recharges: one for each payment, and
-- one for taking it back.
drop index service_order_open;
create unique index service_order_open on
    service_order (account, kind, coalesce(payment, 0), coalesce(amount, 0))
    where decided_at is null;
-- All orders of an account, by the day they were made.
create index service_order_account on service_order (account, slot);
-- Exchanges, by when they were confirmed: what days behind them were charged by may be out of date.
create index service_order_exchanged on service_order (decided_at)
    where kind = 'change' and state = 'completed';

-- On from_day the meter that was taken out served as well, until it was.
alter table account_service add column meter_out bigint;

drop trigger service_order_update on service_order;
create trigger service_order_update before update on service_order for each row
    when (new.slot <> old.slot or new.account <> old.account or new.kind <> old.kind or
          new.created_at <> old.created_at or
          new.new_meter is distinct from old.new_meter or new.note <> old.note or
          new.amount is distinct from old.amount or new.payment is distinct from old.payment or
          (old.decided_at is not null and
           (new.decided_at is distinct from old.decided_at or new.state <> old.state or
            new.done_at is distinct from old.done_at)))
    execute function refuse_change();
