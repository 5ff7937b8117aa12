-- SPDX-License-Identifier: MIT
-- Orders that the field system confirms: when it did them by its own word, and the open ones found
-- without a look at all that were ever made.
drop index service_order_unprocessed;
alter table service_order drop column processed_at;
alter table service_order add column done_at bigint;

create index service_order_waiting on service_order (slot) where decided_at is null;

drop trigger service_order_update on service_order;
create trigger service_order_update before update on service_order for each row
    when (new.slot <> old.slot or new.account <> old.account or new.kind <> old.kind or
          new.created_at <> old.created_at or
          (old.decided_at is not null and
           (new.decided_at is distinct from old.decided_at or new.state <> old.state or
            new.done_at is distinct from old.done_at)))
    execute function refuse_change();
