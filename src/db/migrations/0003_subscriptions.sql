-- Up Migration

-- How long a plan's period lasts; null for what is not a plan.
alter table offerings add column period_days int check (period_days > 0);
update offerings set period_days = case offering_id when 'daily' then 1 when 'weekly' then 7 else 30 end
  where kind = 'plan';

-- What a business that sells plans may set; what it set already stays.
update businesses set rules = '{"invoiceMinutes": 1440, "graceDays": 0, "secondPayment": "extend",
  "remindDaysBefore": [3, 2, 1], "relayPerHour": 5}'::jsonb || rules;

-- What a subscription is for: a Telegram channel whose owner pays for it.
create table bases (
  business_id text not null references businesses,
  base text not null check (base ~ '^@[a-z][a-z0-9_]{3,31}$'),
  name text not null,
  owner_chat bigint not null,
  email text not null,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (business_id, base)
);

create index bases_of_an_owner on bases (business_id, owner_chat);

-- A rehearsal is a twin of an order: outside quotas, reports and entitlements.
alter table orders
  add column twin_of text,
  drop constraint orders_state_check,
  add constraint orders_state_check check (state in ('new', 'refused', 'waiting', 'held', 'review',
    'paid', 'expired', 'cancelled', 'refund_due', 'refunded', 'completed', 'pending', 'active', 'ended'));

-- What an order of kind plan is beside an order. A base has one subscription for its whole life: it
-- ends, and starts again when it is paid for again.
create table subscriptions (
  business_id text not null,
  code text not null,
  base text not null,
  periods int not null default 0,
  active_until timestamptz,
  next_plan text,
  reminders_paused boolean not null default false,
  twin boolean not null default false,
  primary key (business_id, code),
  foreign key (business_id, code) references orders,
  foreign key (business_id, base) references bases,
  foreign key (business_id, next_plan) references offerings (business_id, offering_id)
);

create unique index one_subscription_a_base on subscriptions (business_id, base) where not twin;

-- An invoice of a subscription is an attempt with a link of its own, for a plan and a period.
alter table payments
  drop constraint payments_purpose_check,
  add constraint payments_purpose_check check (purpose in ('visit', 'move', 'period')),
  add column pay_token_hash bytea unique,
  add column plan text,
  add column period_days int,
  -- The period that it was made for: money for one that there is by then is a second payment.
  add column for_period int,
  add column expires_at timestamptz,
  -- The chat that asked for it: it is told what becomes of it, beside the base's owner.
  add column chat_id bigint,
  add constraint payments_period_check check ((purpose = 'period') = (plan is not null
    and period_days is not null and for_period is not null and expires_at is not null
    and pay_token_hash is not null));

create index payments_unmade on payments (created_at) where state = 'new' and purpose = 'period';

-- What was paid for: one period for each attempt, ever. The key is why money never counts twice.
create table periods (
  business_id text not null,
  code text not null,
  period_no int not null,
  attempt int not null,
  plan text not null,
  amount_idr bigint not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  paid_at timestamptz not null,
  primary key (business_id, code, period_no),
  unique (business_id, code, attempt),
  foreign key (business_id, code) references subscriptions,
  foreign key (business_id, code, attempt) references payments
);

create index periods_paid on periods (business_id, paid_at);

-- The instants at which a subscription's owner is reminded of its end, computed once and kept.
create table reminders (
  business_id text not null,
  code text not null,
  at timestamptz not null,
  state text not null check (state in ('ahead', 'told', 'skipped')),
  primary key (business_id, code, at),
  foreign key (business_id, code) references subscriptions
);

-- A code by mail that shows whose an address is. The code itself is kept only until it was sent.
create table otps (
  business_id text not null references businesses,
  otp_id uuid not null,
  email text not null,
  code_hash bytea not null,
  code_sealed bytea,
  language text not null check (language in ('id', 'en')),
  tries int not null default 0,
  used_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  primary key (business_id, otp_id)
);

create index otps_of_an_address on otps (business_id, email, created_at desc);

-- Addresses that a chat has shown to be its own.
create table chat_emails (
  business_id text not null,
  chat_id bigint not null,
  email text not null,
  verified_at timestamptz not null default now(),
  primary key (business_id, chat_id, email),
  foreign key (business_id, chat_id) references chats
);

-- Services that are told what becomes of subscriptions, by webhooks that we sign.
create table service_hooks (
  business_id text primary key references businesses,
  url text not null,
  secret_sealed bytea not null,
  created_at timestamptz not null default now()
);

create table service_events (
  business_id text not null,
  event_id uuid not null,
  code text not null,
  type text not null,
  payload jsonb not null,
  state text not null default 'due' check (state in ('due', 'sent', 'failed')),
  tries int not null default 0,
  next_try_at timestamptz not null default now(),
  status int,
  error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  primary key (business_id, event_id),
  foreign key (business_id, code) references orders
);

create index service_events_due on service_events (next_try_at) where state = 'due';
create index service_events_of_an_order on service_events (business_id, code, created_at);

-- The relay: words that are not posted, and when a chat last posted to a base.
create table relay_words (
  business_id text not null references businesses,
  word text not null,
  primary key (business_id, word)
);

create table relay_posts (
  business_id text not null,
  base text not null,
  sender_hash bytea not null,
  posted_at timestamptz not null default now(),
  foreign key (business_id, base) references bases
);

create index relay_posts_of_a_sender on relay_posts (business_id, sender_hash, posted_at);

-- What a request's key made, where that is an invoice.
alter table idempotency_keys add column attempt int, add column answered jsonb;

-- Down Migration
