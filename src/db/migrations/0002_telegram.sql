-- Up Migration

-- A business's bot: how it is reached, who owns it, and who asks Telegram for its updates.
create table telegram_bots (
  business_id text primary key references businesses,
  username text not null,
  token_sealed bytea not null,
  owner_chats bigint[] not null default '{}',
  -- Telegram sends updates here; without it one process asks for them.
  webhook_url text,
  polled_by text,
  polled_until timestamptz not null default '-infinity',
  -- At most 30 messages a second leave a bot: when the next one may.
  next_send_at timestamptz not null default '-infinity'
);

-- A person's chat with a bot, and where what it asks stands. Locked by whoever handles its update.
create table chats (
  business_id text not null references telegram_bots,
  chat_id bigint not null,
  language text not null check (language in ('id', 'en')),
  name text not null,
  form jsonb,
  form_no int not null default 0,
  -- A code whose owner is asked for, and how many answers were wrong.
  asking jsonb,
  wrong_answers int not null default 0,
  wrong_since timestamptz,
  blocked_at timestamptz,
  -- Who is saying something here, for how long nobody else may.
  sending_by text,
  sending_until timestamptz not null default '-infinity',
  changed_at timestamptz not null default now(),
  primary key (business_id, chat_id)
);

create index chats_sent on chats (changed_at) where form ->> 'step' = 'booking';

create table telegram_updates (
  business_id text not null references telegram_bots,
  update_id bigint not null,
  received_at timestamptz not null default now(),
  primary key (business_id, update_id)
);

create index telegram_updates_by_age on telegram_updates (received_at);

-- What a bot is about to say. It commits with what it tells of; sending follows, in this order.
create table outgoing (
  business_id text not null,
  outgoing_id bigint generated always as identity,
  chat_id bigint not null,
  method text not null,
  payload jsonb not null,
  -- Names a notice, so that it is said once.
  notice text,
  state text not null default 'due' check (state in ('due', 'sent', 'failed', 'dropped')),
  tries int not null default 0,
  next_try_at timestamptz not null default now(),
  error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  primary key (business_id, outgoing_id),
  unique (business_id, chat_id, notice),
  foreign key (business_id, chat_id) references chats
);

create index outgoing_due on outgoing (business_id, chat_id, outgoing_id) where state = 'due';
create index outgoing_by_age on outgoing (created_at);

-- What somebody chose on the web and takes along into the chat.
create table carried (
  business_id text not null references businesses,
  token_hash bytea not null,
  wish jsonb not null,
  created_at timestamptz not null default now(),
  primary key (business_id, token_hash)
);

create index carried_by_age on carried (created_at);

alter table orders add column chat_id bigint,
  add column pay_method text check (pay_method in ('bca', 'bank', 'qris'));

create index orders_of_a_chat on orders (business_id, chat_id, created_at desc)
  where chat_id is not null;

-- The number to transfer to, where an attempt has one instead of a provider's page.
alter table payments add column va_bank text, add column va_number text;

alter table notices drop constraint notices_channel_check,
  add constraint notices_channel_check check (channel in ('email', 'operator', 'telegram'));

-- Down Migration
