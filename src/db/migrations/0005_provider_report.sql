-- Up Migration

-- For the report that compares providers (docs/operations.md).
alter table payment_events
  -- When the provider says the money came; null for what is not about money that came.
  add column paid_at timestamptz,
  -- How often the same event came again: before it was finished, and after.
  add column retries int not null default 0,
  add column duplicates int not null default 0;

create index payment_events_of_a_day on payment_events (business_id, received_at);

-- Whether we learned of the money by asking, before any webhook had told of it.
alter table payments add column found boolean not null default false;

create index payments_of_a_day on payments (business_id, paid_at) where paid_at is not null;

-- Down Migration
