-- Up Migration

-- Every table carries business_id in its key and in its foreign keys: no statement can mix tenants.

create table businesses (
  business_id text primary key check (business_id ~ '^[a-z][a-z0-9-]{1,30}$'),
  name text not null,
  about text not null default '',
  kind text not null check (kind in ('permit', 'appointment', 'plan')),
  time_zone text not null,
  email text not null,
  phone text not null default '',
  rules jsonb not null,
  created_at timestamptz not null default now()
);

create table provider_accounts (
  business_id text not null references businesses,
  provider text not null check (provider in ('midtrans', 'xendit')),
  client_key text not null,
  server_key_sealed bytea not null,
  primary key (business_id, provider)
);

create table offerings (
  business_id text not null references businesses,
  offering_id text not null check (offering_id ~ '^[a-z0-9][a-z0-9-]{0,40}$'),
  kind text not null check (kind in ('permit', 'appointment', 'plan')),
  name text not null,
  about text not null default '',
  price_idr bigint not null check (price_idr >= 0),
  position int not null default 0,
  primary key (business_id, offering_id)
);

create table offering_options (
  business_id text not null,
  offering_id text not null,
  option_id text not null,
  name text not null,
  sort text not null check (sort in ('device', 'part', 'extra')),
  price_idr bigint not null check (price_idr >= 0),
  position int not null default 0,
  primary key (business_id, offering_id, option_id),
  foreign key (business_id, offering_id) references offerings
);

-- Later rules win over earlier ones that match as exactly; domain/price.ts has the order.
create table price_rules (
  business_id text not null,
  rule_id bigint generated always as identity,
  offering_id text not null,
  from_date date,
  to_date date,
  days text[],
  guest text check (guest in ('local', 'foreign')),
  price_idr bigint not null check (price_idr >= 0),
  created_at timestamptz not null default now(),
  primary key (business_id, rule_id),
  foreign key (business_id, offering_id) references offerings
);

-- What a day (or, with hours, every hour of it) offers unless an operator says otherwise.
create table quotas (
  business_id text not null references businesses,
  quota_id text not null,
  name text not null,
  capacity int not null check (capacity >= 0),
  hours jsonb,
  primary key (business_id, quota_id)
);

create table offering_quotas (
  business_id text not null,
  offering_id text not null,
  quota_id text not null,
  primary key (business_id, offering_id, quota_id),
  foreign key (business_id, offering_id) references offerings,
  foreign key (business_id, quota_id) references quotas
);

-- waiting: the largest party in the waiting list for this slot; who comes later leaves that much.
create table quota_slots (
  business_id text not null,
  slot_id bigint generated always as identity,
  quota_id text not null,
  date date not null,
  time text check (time ~ '^\d\d:\d\d$'),
  capacity int not null check (capacity >= 0),
  held int not null default 0 check (held >= 0),
  sold int not null default 0 check (sold >= 0),
  waiting int not null default 0 check (waiting >= 0),
  primary key (business_id, slot_id),
  unique nulls not distinct (business_id, quota_id, date, time),
  foreign key (business_id, quota_id) references quotas
) with (fillfactor = 70);

create index quota_slots_of_a_day on quota_slots (business_id, date, time);

-- Lowering a capacity below what is sold is allowed, and settling and releasing always work:
-- only what increases held + sold beyond the capacity is refused.
create function refuse_oversell() returns trigger language plpgsql as $$
begin
  if new.held + new.sold > old.held + old.sold and new.held + new.sold > new.capacity then
    raise exception 'quota slot % would be oversold', new.slot_id using errcode = 'P0Q01';
  end if;
  return new;
end $$;

create trigger refuse_oversell before update of held, sold on quota_slots
  for each row execute function refuse_oversell();

create table closures (
  business_id text not null references businesses,
  closure_id bigint generated always as identity,
  offering_id text,
  from_date date not null,
  to_date date not null,
  reason text not null,
  booked text not null check (booked in ('refund', 'reschedule', 'keep')),
  created_at timestamptz not null default now(),
  primary key (business_id, closure_id),
  foreign key (business_id, offering_id) references offerings,
  check (from_date <= to_date)
);

create table orders (
  business_id text not null references businesses,
  code text not null unique check (code ~ '^[0-9A-Z]{8}$'),
  kind text not null check (kind in ('permit', 'appointment', 'plan')),
  offering_id text not null,
  date date,
  time text,
  quantity int not null check (quantity > 0),
  state text not null check (state in ('new', 'refused', 'waiting', 'held', 'review', 'paid',
    'expired', 'cancelled', 'refund_due', 'refunded', 'completed')),
  refusal text,
  amount_idr bigint not null check (amount_idr >= 0),
  -- What it cost when it was booked: a move changes the amount, never what was answered then.
  booked_idr bigint not null check (booked_idr >= 0),
  -- What the business may keep of the money that came: all of it while the order stands.
  owed_idr bigint not null check (owed_idr >= 0),
  customer_name text not null,
  customer_email text,
  customer_phone text,
  token_hash bytea not null unique,
  pay_token_hash bytea not null unique,
  waiting_token_hash bytea unique,
  waiting_no bigint,
  offered_at timestamptz,
  -- When a workflow first took charge of it.
  opened_at timestamptz,
  requested_at timestamptz not null,
  expires_at timestamptz,
  remind_at timestamptz,
  reminders int not null default 0,
  ending text check (ending in ('cancelled', 'closed')),
  ending_at timestamptz,
  review_until timestamptz,
  paid_at timestamptz,
  issued_at timestamptz,
  cut_off_at timestamptz,
  visit_at timestamptz,
  visit_remind_at timestamptz,
  visit_reminded_at timestamptz,
  ends_at timestamptz,
  closed_at timestamptz,
  language text not null default 'id' check (language in ('id', 'en')),
  unconfirmed boolean not null default false,
  reschedules int not null default 0,
  repair_state text check (repair_state in
    ('queued', 'in_progress', 'waiting_part', 'ready', 'handed_over')),
  next_deadline text,
  next_deadline_at timestamptz,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (business_id, code),
  foreign key (business_id, offering_id) references offerings
) with (fillfactor = 80);

create index orders_by_deadline on orders (next_deadline_at) where next_deadline_at is not null;
create index orders_by_change on orders (changed_at);
create index orders_of_a_day on orders (business_id, date, code);
create index orders_of_a_business on orders (business_id, created_at desc, code);
create index orders_in_line on orders (business_id, date, waiting_no) where state = 'waiting';
create index orders_unanswered on orders (requested_at) where state in ('new', 'refused');
create index orders_unopened on orders (business_id) where state = 'held' and opened_at is null;
create sequence waiting_numbers;

create table order_options (
  business_id text not null,
  code text not null,
  option_id text not null,
  name text not null,
  price_idr bigint not null,
  primary key (business_id, code, option_id),
  foreign key (business_id, code) references orders on delete cascade
);

create table participants (
  business_id text not null,
  code text not null,
  seat int not null,
  name text not null,
  identity_type text not null check (identity_type in ('nik', 'passport')),
  identity_sealed bytea not null,
  identity_hash bytea not null,
  birth_date date,
  phone text,
  emergency_name text,
  emergency_phone text,
  primary key (business_id, code, seat),
  foreign key (business_id, code) references orders on delete cascade
);

-- One identity holds one place a day; the key decides the race.
create table identity_claims (
  business_id text not null,
  date date not null,
  identity_hash bytea not null,
  code text not null,
  primary key (business_id, date, identity_hash),
  foreign key (business_id, code) references orders on delete cascade
);

create index identity_claims_of_an_order on identity_claims (business_id, code);

-- What an order draws on; for: its visit, or the other date that it wants to move to.
create table order_places (
  business_id text not null,
  code text not null,
  slot_id bigint not null,
  purpose text not null check (purpose in ('visit', 'move')),
  quantity int not null check (quantity > 0),
  phase text not null check (phase in ('waiting', 'held', 'sold')),
  primary key (business_id, code, slot_id, purpose),
  foreign key (business_id, code) references orders on delete cascade,
  foreign key (business_id, slot_id) references quota_slots
);

create index order_places_of_a_slot on order_places (business_id, slot_id);

create table moves (
  business_id text not null,
  code text not null,
  move_no int not null,
  date date not null,
  time text,
  amount_idr bigint not null,
  difference_idr bigint not null,
  state text not null check (state in ('open', 'done', 'lapsed')),
  expires_at timestamptz,
  cut_off_at timestamptz not null,
  visit_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (business_id, code, move_no),
  foreign key (business_id, code) references orders on delete cascade
);

create unique index one_open_move on moves (business_id, code) where state = 'open';

create table idempotency_keys (
  business_id text not null references businesses,
  key text not null,
  request_hash bytea not null,
  code text not null,
  request_id uuid,
  created_at timestamptz not null default now(),
  primary key (business_id, key)
);

create index idempotency_keys_by_age on idempotency_keys (created_at);
create index idempotency_keys_of_an_order on idempotency_keys (business_id, code);

create table payments (
  business_id text not null,
  code text not null,
  attempt int not null,
  provider text not null,
  provider_ref text not null unique,
  purpose text not null check (purpose in ('visit', 'move')),
  amount_idr bigint not null check (amount_idr > 0),
  state text not null check (state in ('new', 'pending', 'denied', 'review', 'paid', 'expired',
    'cancelled')),
  provider_status text,
  fraud_status text,
  method text,
  transaction_id text,
  page_token text,
  page_url text,
  page_expires_at timestamptz,
  paid_idr bigint not null default 0,
  -- What the provider says went back; ours is in refunds, the ledger compares them.
  refunded_idr bigint not null default 0,
  asked_at timestamptz,
  paid_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id, code, attempt),
  foreign key (business_id, code) references orders
);

create index payments_paid on payments (asked_at) where state = 'paid';
create index payments_unsettled on payments (created_at) where state in ('new', 'pending', 'review');

create table payment_events (
  business_id text not null references businesses,
  event_id bigint generated always as identity,
  provider text not null,
  identity text not null,
  provider_ref text not null,
  code text,
  attempt int,
  status text not null,
  -- What the event says has arrived, in rupiah.
  paid_idr bigint not null default 0,
  payload jsonb not null,
  source text not null check (source in ('webhook', 'asked')),
  state text not null check (state in ('stored', 'done', 'dead')),
  reason text,
  tries int not null default 0,
  next_try_at timestamptz,
  received_at timestamptz not null default now(),
  done_at timestamptz,
  primary key (business_id, event_id),
  unique (business_id, provider, identity),
  foreign key (business_id, code) references orders
);

create index payment_events_unfinished on payment_events (next_try_at) where state = 'stored';
create index payment_events_of_an_order on payment_events (business_id, code);

create table refunds (
  business_id text not null,
  code text not null,
  refund_no int not null,
  attempt int not null,
  amount_idr bigint not null check (amount_idr > 0),
  reason text not null,
  state text not null check (state in ('due', 'requested', 'done', 'by_hand')),
  note text,
  created_at timestamptz not null,
  done_at timestamptz,
  primary key (business_id, code, refund_no),
  foreign key (business_id, code, attempt) references payments
);

create index refunds_done on refunds (done_at) where state = 'done';
create index refunds_unfinished on refunds (created_at) where state <> 'done';

-- What a person or an operator asked of an order; the workflow answers it.
create table requests (
  business_id text not null,
  request_id uuid not null,
  code text not null,
  kind text not null check (kind in ('cancel', 'reschedule', 'refund', 'repair_state')),
  asked_by text not null,
  wish jsonb not null,
  state text not null check (state in ('open', 'done', 'refused')),
  answer jsonb,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  primary key (business_id, request_id),
  foreign key (business_id, code) references orders on delete cascade
);

create index requests_open on requests (created_at) where state = 'open';
create index requests_of_an_order on requests (business_id, code);

create table tickets (
  business_id text not null,
  ticket_id text not null,
  code text not null,
  seat int not null,
  date date not null,
  state text not null check (state in ('valid', 'in', 'out', 'void')),
  issued_at timestamptz not null,
  primary key (business_id, ticket_id),
  foreign key (business_id, code) references orders
);

create unique index one_living_ticket_a_seat on tickets (business_id, code, seat)
  where state <> 'void';

create table scans (
  business_id text not null references businesses,
  nonce text not null,
  ticket_id text,
  code text,
  direction text not null check (direction in ('in', 'out')),
  at timestamptz not null,
  gate text not null,
  result text not null check (result in ('in', 'out', 'refused')),
  reason text,
  recorded_at timestamptz not null default now(),
  primary key (business_id, nonce)
);

create index scans_of_a_ticket on scans (business_id, ticket_id);

-- The outbox: the key makes a notice exactly one, sending marks it. Who sends takes it first: until
-- next_try_at nobody else tries.
create table notices (
  business_id text not null,
  code text not null,
  kind text not null,
  occurrence text not null,
  channel text not null check (channel in ('email', 'operator')),
  state text not null check (state in ('due', 'sent', 'failed', 'dropped')),
  tries int not null default 0,
  next_try_at timestamptz not null default now(),
  error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  primary key (business_id, code, kind, occurrence, channel),
  foreign key (business_id, code) references orders on delete cascade
);

create index notices_due on notices (next_try_at) where state = 'due';

create table staff (
  business_id text not null references businesses,
  email text not null,
  role text not null check (role in ('owner', 'staff', 'gate', 'auditor')),
  password_hash text not null,
  primary key (business_id, email)
);

create table access_tokens (
  business_id text not null references businesses,
  token_id uuid not null,
  token_hash bytea not null unique,
  role text not null check (role in ('owner', 'staff', 'gate', 'auditor', 'service')),
  label text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  primary key (business_id, token_id)
);

create table audit (
  business_id text not null references businesses,
  audit_id bigint generated always as identity,
  at timestamptz not null default now(),
  who text not null,
  action text not null,
  subject text not null,
  details jsonb not null default '{}',
  primary key (business_id, audit_id)
);

create table ledger_checks (
  business_id text primary key references businesses,
  checked_at timestamptz not null,
  differences jsonb not null
);

-- Counters of rate-limiter-flexible, shared by all replicas of the api.
create table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);

-- Down Migration
