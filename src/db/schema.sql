-- Made from the migrations by `npm run check -- --write-schema`. Not edited by hand.

create table access_tokens (
  business_id text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  label text not null,
  role text not null,
  token_hash bytea not null,
  token_id uuid not null,
  constraint access_tokens_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint access_tokens_pkey PRIMARY KEY (business_id, token_id),
  constraint access_tokens_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'staff'::text, 'gate'::text, 'auditor'::text, 'service'::text]))),
  constraint access_tokens_token_hash_key UNIQUE (token_hash)
);

create table audit (
  action text not null,
  at timestamp with time zone not null default now(),
  audit_id bigint not null generated always as identity,
  business_id text not null,
  details jsonb not null default '{}'::jsonb,
  subject text not null,
  who text not null,
  constraint audit_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint audit_pkey PRIMARY KEY (business_id, audit_id)
);

create table bases (
  base text not null,
  business_id text not null,
  changed_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  email text not null,
  name text not null,
  owner_chat bigint not null,
  constraint bases_base_check CHECK ((base ~ '^@[a-z][a-z0-9_]{3,31}$'::text)),
  constraint bases_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint bases_pkey PRIMARY KEY (business_id, base)
);

create table businesses (
  about text not null default ''::text,
  business_id text not null,
  created_at timestamp with time zone not null default now(),
  email text not null,
  english jsonb,
  kind text not null,
  name text not null,
  phone text not null default ''::text,
  rules jsonb not null,
  time_zone text not null,
  constraint businesses_business_id_check CHECK ((business_id ~ '^[a-z][a-z0-9-]{1,30}$'::text)),
  constraint businesses_kind_check CHECK ((kind = ANY (ARRAY['permit'::text, 'appointment'::text, 'plan'::text]))),
  constraint businesses_pkey PRIMARY KEY (business_id)
);

create table carried (
  business_id text not null,
  created_at timestamp with time zone not null default now(),
  token_hash bytea not null,
  wish jsonb not null,
  constraint carried_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint carried_pkey PRIMARY KEY (business_id, token_hash)
);

create table chat_emails (
  business_id text not null,
  chat_id bigint not null,
  email text not null,
  verified_at timestamp with time zone not null default now(),
  constraint chat_emails_business_id_chat_id_fkey FOREIGN KEY (business_id, chat_id) REFERENCES chats(business_id, chat_id),
  constraint chat_emails_pkey PRIMARY KEY (business_id, chat_id, email)
);

create table chats (
  asking jsonb,
  blocked_at timestamp with time zone,
  business_id text not null,
  changed_at timestamp with time zone not null default now(),
  chat_id bigint not null,
  form jsonb,
  form_no integer not null default 0,
  language text not null,
  name text not null,
  sending_by text,
  sending_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  wrong_answers integer not null default 0,
  wrong_since timestamp with time zone,
  constraint chats_business_id_fkey FOREIGN KEY (business_id) REFERENCES telegram_bots(business_id),
  constraint chats_language_check CHECK ((language = ANY (ARRAY['id'::text, 'en'::text]))),
  constraint chats_pkey PRIMARY KEY (business_id, chat_id)
);

create table closures (
  booked text not null,
  business_id text not null,
  closure_id bigint not null generated always as identity,
  created_at timestamp with time zone not null default now(),
  from_date date not null,
  offering_id text,
  reason text not null,
  to_date date not null,
  constraint closures_booked_check CHECK ((booked = ANY (ARRAY['refund'::text, 'reschedule'::text, 'keep'::text]))),
  constraint closures_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint closures_business_id_offering_id_fkey FOREIGN KEY (business_id, offering_id) REFERENCES offerings(business_id, offering_id),
  constraint closures_check CHECK ((from_date <= to_date)),
  constraint closures_pkey PRIMARY KEY (business_id, closure_id)
);

create table idempotency_keys (
  answered jsonb,
  attempt integer,
  business_id text not null,
  code text not null,
  created_at timestamp with time zone not null default now(),
  key text not null,
  request_hash bytea not null,
  request_id uuid,
  constraint idempotency_keys_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint idempotency_keys_pkey PRIMARY KEY (business_id, key)
);

create table identity_claims (
  business_id text not null,
  code text not null,
  date date not null,
  identity_hash bytea not null,
  constraint identity_claims_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES orders(business_id, code) ON DELETE CASCADE,
  constraint identity_claims_pkey PRIMARY KEY (business_id, date, identity_hash)
);

create table ledger_checks (
  business_id text not null,
  checked_at timestamp with time zone not null,
  differences jsonb not null,
  constraint ledger_checks_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint ledger_checks_pkey PRIMARY KEY (business_id)
);

create table moves (
  amount_idr bigint not null,
  business_id text not null,
  code text not null,
  cut_off_at timestamp with time zone not null,
  date date not null,
  difference_idr bigint not null,
  ends_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  move_no integer not null,
  state text not null,
  time text,
  visit_at timestamp with time zone not null,
  constraint moves_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES orders(business_id, code) ON DELETE CASCADE,
  constraint moves_pkey PRIMARY KEY (business_id, code, move_no),
  constraint moves_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'lapsed'::text])))
);

create table notices (
  business_id text not null,
  channel text not null,
  code text not null,
  created_at timestamp with time zone not null default now(),
  error text,
  kind text not null,
  next_try_at timestamp with time zone not null default now(),
  occurrence text not null,
  sent_at timestamp with time zone,
  state text not null,
  tries integer not null default 0,
  constraint notices_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES orders(business_id, code) ON DELETE CASCADE,
  constraint notices_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'operator'::text, 'telegram'::text]))),
  constraint notices_pkey PRIMARY KEY (business_id, code, kind, occurrence, channel),
  constraint notices_state_check CHECK ((state = ANY (ARRAY['due'::text, 'sent'::text, 'failed'::text, 'dropped'::text])))
);

create table offering_options (
  business_id text not null,
  english jsonb,
  name text not null,
  offering_id text not null,
  option_id text not null,
  position integer not null default 0,
  price_idr bigint not null,
  sort text not null,
  constraint offering_options_business_id_offering_id_fkey FOREIGN KEY (business_id, offering_id) REFERENCES offerings(business_id, offering_id),
  constraint offering_options_option_id_check CHECK ((option_id ~ '^[a-z0-9][a-z0-9-]{0,40}$'::text)),
  constraint offering_options_pkey PRIMARY KEY (business_id, offering_id, option_id),
  constraint offering_options_price_idr_check CHECK ((price_idr >= 0)),
  constraint offering_options_sort_check CHECK ((sort = ANY (ARRAY['device'::text, 'part'::text, 'extra'::text])))
);

create table offering_quotas (
  business_id text not null,
  offering_id text not null,
  quota_id text not null,
  constraint offering_quotas_business_id_offering_id_fkey FOREIGN KEY (business_id, offering_id) REFERENCES offerings(business_id, offering_id),
  constraint offering_quotas_business_id_quota_id_fkey FOREIGN KEY (business_id, quota_id) REFERENCES quotas(business_id, quota_id),
  constraint offering_quotas_pkey PRIMARY KEY (business_id, offering_id, quota_id)
);

create table offerings (
  about text not null default ''::text,
  business_id text not null,
  english jsonb,
  kind text not null,
  name text not null,
  offering_id text not null,
  period_days integer,
  position integer not null default 0,
  price_idr bigint not null,
  constraint offerings_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint offerings_kind_check CHECK ((kind = ANY (ARRAY['permit'::text, 'appointment'::text, 'plan'::text]))),
  constraint offerings_offering_id_check CHECK ((offering_id ~ '^[a-z0-9][a-z0-9-]{0,40}$'::text)),
  constraint offerings_period_days_check CHECK ((period_days > 0)),
  constraint offerings_pkey PRIMARY KEY (business_id, offering_id),
  constraint offerings_price_idr_check CHECK ((price_idr >= 0))
);

create table order_options (
  business_id text not null,
  code text not null,
  name text not null,
  option_id text not null,
  price_idr bigint not null,
  constraint order_options_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES orders(business_id, code) ON DELETE CASCADE,
  constraint order_options_pkey PRIMARY KEY (business_id, code, option_id)
);

create table order_places (
  business_id text not null,
  code text not null,
  phase text not null,
  purpose text not null,
  quantity integer not null,
  slot_id bigint not null,
  constraint order_places_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES orders(business_id, code) ON DELETE CASCADE,
  constraint order_places_business_id_slot_id_fkey FOREIGN KEY (business_id, slot_id) REFERENCES quota_slots(business_id, slot_id),
  constraint order_places_phase_check CHECK ((phase = ANY (ARRAY['waiting'::text, 'held'::text, 'sold'::text]))),
  constraint order_places_pkey PRIMARY KEY (business_id, code, slot_id, purpose),
  constraint order_places_purpose_check CHECK ((purpose = ANY (ARRAY['visit'::text, 'move'::text]))),
  constraint order_places_quantity_check CHECK ((quantity > 0))
);

create table orders (
  amount_idr bigint not null,
  booked_idr bigint not null,
  business_id text not null,
  changed_at timestamp with time zone not null default now(),
  chat_id bigint,
  closed_at timestamp with time zone,
  code text not null,
  created_at timestamp with time zone not null default now(),
  customer_email text,
  customer_name text not null,
  customer_phone text,
  cut_off_at timestamp with time zone,
  date date,
  ending text,
  ending_at timestamp with time zone,
  ends_at timestamp with time zone,
  expires_at timestamp with time zone,
  issued_at timestamp with time zone,
  kind text not null,
  language text not null default 'id'::text,
  next_deadline text,
  next_deadline_at timestamp with time zone,
  offered_at timestamp with time zone,
  offering_id text not null,
  opened_at timestamp with time zone,
  owed_idr bigint not null,
  paid_at timestamp with time zone,
  pay_method text,
  pay_token_hash bytea not null,
  quantity integer not null,
  refusal text,
  remind_at timestamp with time zone,
  reminders integer not null default 0,
  repair_state text,
  requested_at timestamp with time zone not null,
  reschedules integer not null default 0,
  review_until timestamp with time zone,
  state text not null,
  time text,
  token_hash bytea not null,
  twin_of text,
  unconfirmed boolean not null default false,
  visit_at timestamp with time zone,
  visit_remind_at timestamp with time zone,
  visit_reminded_at timestamp with time zone,
  waiting_no bigint,
  waiting_token_hash bytea,
  constraint orders_amount_idr_check CHECK ((amount_idr >= 0)),
  constraint orders_booked_idr_check CHECK ((booked_idr >= 0)),
  constraint orders_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint orders_business_id_offering_id_fkey FOREIGN KEY (business_id, offering_id) REFERENCES offerings(business_id, offering_id),
  constraint orders_code_check CHECK ((code ~ '^[0-9A-Z]{8}$'::text)),
  constraint orders_code_key UNIQUE (code),
  constraint orders_ending_check CHECK ((ending = ANY (ARRAY['cancelled'::text, 'closed'::text]))),
  constraint orders_kind_check CHECK ((kind = ANY (ARRAY['permit'::text, 'appointment'::text, 'plan'::text]))),
  constraint orders_language_check CHECK ((language = ANY (ARRAY['id'::text, 'en'::text]))),
  constraint orders_owed_idr_check CHECK ((owed_idr >= 0)),
  constraint orders_pay_method_check CHECK ((pay_method = ANY (ARRAY['bca'::text, 'bank'::text, 'qris'::text]))),
  constraint orders_pay_token_hash_key UNIQUE (pay_token_hash),
  constraint orders_pkey PRIMARY KEY (business_id, code),
  constraint orders_quantity_check CHECK ((quantity > 0)),
  constraint orders_repair_state_check CHECK ((repair_state = ANY (ARRAY['queued'::text, 'in_progress'::text, 'waiting_part'::text, 'ready'::text, 'handed_over'::text]))),
  constraint orders_state_check CHECK ((state = ANY (ARRAY['new'::text, 'refused'::text, 'waiting'::text, 'held'::text, 'review'::text, 'paid'::text, 'expired'::text, 'cancelled'::text, 'refund_due'::text, 'refunded'::text, 'completed'::text, 'pending'::text, 'active'::text, 'ended'::text]))),
  constraint orders_token_hash_key UNIQUE (token_hash),
  constraint orders_waiting_token_hash_key UNIQUE (waiting_token_hash)
);

create table otps (
  business_id text not null,
  chat_id bigint,
  code_hash bytea not null,
  code_sealed bytea,
  created_at timestamp with time zone not null,
  email text not null,
  expires_at timestamp with time zone not null,
  language text not null,
  otp_id uuid not null,
  tries integer not null default 0,
  used_at timestamp with time zone,
  constraint otps_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint otps_language_check CHECK ((language = ANY (ARRAY['id'::text, 'en'::text]))),
  constraint otps_pkey PRIMARY KEY (business_id, otp_id)
);

create table outgoing (
  business_id text not null,
  chat_id bigint not null,
  created_at timestamp with time zone not null default now(),
  error text,
  method text not null,
  next_try_at timestamp with time zone not null default now(),
  notice text,
  outgoing_id bigint not null generated always as identity,
  payload jsonb not null,
  sent_at timestamp with time zone,
  state text not null default 'due'::text,
  tries integer not null default 0,
  constraint outgoing_business_id_chat_id_fkey FOREIGN KEY (business_id, chat_id) REFERENCES chats(business_id, chat_id),
  constraint outgoing_business_id_chat_id_notice_key UNIQUE (business_id, chat_id, notice),
  constraint outgoing_pkey PRIMARY KEY (business_id, outgoing_id),
  constraint outgoing_state_check CHECK ((state = ANY (ARRAY['due'::text, 'sent'::text, 'failed'::text, 'dropped'::text])))
);

create table participants (
  birth_date date,
  business_id text not null,
  code text not null,
  emergency_name text,
  emergency_phone text,
  identity_hash bytea not null,
  identity_sealed bytea not null,
  identity_type text not null,
  name text not null,
  phone text,
  seat integer not null,
  constraint participants_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES orders(business_id, code) ON DELETE CASCADE,
  constraint participants_identity_type_check CHECK ((identity_type = ANY (ARRAY['nik'::text, 'passport'::text]))),
  constraint participants_pkey PRIMARY KEY (business_id, code, seat)
);

create table payment_events (
  attempt integer,
  business_id text not null,
  code text,
  done_at timestamp with time zone,
  duplicates integer not null default 0,
  event_id bigint not null generated always as identity,
  identity text not null,
  next_try_at timestamp with time zone,
  paid_at timestamp with time zone,
  paid_idr bigint not null default 0,
  payload jsonb not null,
  provider text not null,
  provider_ref text not null,
  reason text,
  received_at timestamp with time zone not null default now(),
  retries integer not null default 0,
  source text not null,
  state text not null,
  status text not null,
  tries integer not null default 0,
  constraint payment_events_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES orders(business_id, code),
  constraint payment_events_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint payment_events_business_id_provider_identity_key UNIQUE (business_id, provider, identity),
  constraint payment_events_pkey PRIMARY KEY (business_id, event_id),
  constraint payment_events_source_check CHECK ((source = ANY (ARRAY['webhook'::text, 'asked'::text]))),
  constraint payment_events_state_check CHECK ((state = ANY (ARRAY['stored'::text, 'done'::text, 'dead'::text])))
);

create table payments (
  amount_idr bigint not null,
  asked_at timestamp with time zone,
  attempt integer not null,
  business_id text not null,
  came_at timestamp with time zone,
  chat_id bigint,
  code text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  for_period integer,
  found boolean not null default false,
  fraud_status text,
  method text,
  page_expires_at timestamp with time zone,
  page_token text,
  page_url text,
  paid_at timestamp with time zone,
  paid_idr bigint not null default 0,
  pay_token_hash bytea,
  period_days integer,
  plan text,
  provider text not null,
  provider_ref text not null,
  provider_status text,
  purpose text not null,
  refunded_idr bigint not null default 0,
  state text not null,
  transaction_id text,
  va_bank text,
  va_number text,
  constraint payments_amount_idr_check CHECK ((amount_idr > 0)),
  constraint payments_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES orders(business_id, code),
  constraint payments_pay_token_hash_key UNIQUE (pay_token_hash),
  constraint payments_period_check CHECK (((purpose = 'period'::text) = ((plan IS NOT NULL) AND (period_days IS NOT NULL) AND (for_period IS NOT NULL) AND (expires_at IS NOT NULL) AND (pay_token_hash IS NOT NULL)))),
  constraint payments_pkey PRIMARY KEY (business_id, code, attempt),
  constraint payments_provider_ref_key UNIQUE (provider_ref),
  constraint payments_purpose_check CHECK ((purpose = ANY (ARRAY['visit'::text, 'move'::text, 'period'::text]))),
  constraint payments_state_check CHECK ((state = ANY (ARRAY['new'::text, 'pending'::text, 'denied'::text, 'review'::text, 'paid'::text, 'expired'::text, 'cancelled'::text])))
);

create table periods (
  amount_idr bigint not null,
  attempt integer not null,
  back_idr bigint not null default 0,
  business_id text not null,
  code text not null,
  from_at timestamp with time zone not null,
  paid_at timestamp with time zone not null,
  period_no integer not null,
  plan text not null,
  to_at timestamp with time zone not null,
  constraint periods_business_id_code_attempt_fkey FOREIGN KEY (business_id, code, attempt) REFERENCES payments(business_id, code, attempt),
  constraint periods_business_id_code_attempt_key UNIQUE (business_id, code, attempt),
  constraint periods_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES subscriptions(business_id, code),
  constraint periods_check CHECK (((back_idr >= 0) AND (back_idr <= amount_idr))),
  constraint periods_pkey PRIMARY KEY (business_id, code, period_no)
);

create table price_rules (
  business_id text not null,
  created_at timestamp with time zone not null default now(),
  days text[],
  from_date date,
  guest text,
  offering_id text not null,
  price_idr bigint not null,
  rule_id bigint not null generated always as identity,
  to_date date,
  constraint price_rules_business_id_offering_id_fkey FOREIGN KEY (business_id, offering_id) REFERENCES offerings(business_id, offering_id),
  constraint price_rules_guest_check CHECK ((guest = ANY (ARRAY['local'::text, 'foreign'::text]))),
  constraint price_rules_pkey PRIMARY KEY (business_id, rule_id),
  constraint price_rules_price_idr_check CHECK ((price_idr >= 0))
);

create table provider_accounts (
  business_id text not null,
  client_key text not null,
  provider text not null,
  server_key_sealed bytea not null,
  webhook_token_sealed bytea,
  constraint provider_accounts_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint provider_accounts_pkey PRIMARY KEY (business_id, provider),
  constraint provider_accounts_provider_check CHECK ((provider = ANY (ARRAY['midtrans'::text, 'xendit'::text])))
);

create table quota_slots (
  business_id text not null,
  capacity integer not null,
  date date not null,
  held integer not null default 0,
  quota_id text not null,
  slot_id bigint not null generated always as identity,
  sold integer not null default 0,
  time text,
  waiting integer not null default 0,
  constraint quota_slots_business_id_quota_id_date_time_key UNIQUE NULLS NOT DISTINCT (business_id, quota_id, date, "time"),
  constraint quota_slots_business_id_quota_id_fkey FOREIGN KEY (business_id, quota_id) REFERENCES quotas(business_id, quota_id),
  constraint quota_slots_capacity_check CHECK ((capacity >= 0)),
  constraint quota_slots_held_check CHECK ((held >= 0)),
  constraint quota_slots_pkey PRIMARY KEY (business_id, slot_id),
  constraint quota_slots_sold_check CHECK ((sold >= 0)),
  constraint quota_slots_time_check CHECK (("time" ~ '^\d\d:\d\d$'::text)),
  constraint quota_slots_waiting_check CHECK ((waiting >= 0))
);

create table quotas (
  business_id text not null,
  capacity integer not null,
  hours jsonb,
  name text not null,
  quota_id text not null,
  constraint quotas_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint quotas_capacity_check CHECK ((capacity >= 0)),
  constraint quotas_pkey PRIMARY KEY (business_id, quota_id)
);

create table rate_limits (
  expire bigint,
  key character varying(255) not null,
  points integer not null default 0,
  constraint rate_limits_pkey PRIMARY KEY (key)
);

create table refunds (
  amount_idr bigint not null,
  attempt integer not null,
  business_id text not null,
  code text not null,
  created_at timestamp with time zone not null,
  done_at timestamp with time zone,
  note text,
  reason text not null,
  refund_no integer not null,
  state text not null,
  constraint refunds_amount_idr_check CHECK ((amount_idr > 0)),
  constraint refunds_business_id_code_attempt_fkey FOREIGN KEY (business_id, code, attempt) REFERENCES payments(business_id, code, attempt),
  constraint refunds_pkey PRIMARY KEY (business_id, code, refund_no),
  constraint refunds_state_check CHECK ((state = ANY (ARRAY['due'::text, 'requested'::text, 'done'::text, 'by_hand'::text])))
);

create table relay_posts (
  base text not null,
  business_id text not null,
  posted_at timestamp with time zone not null default now(),
  sender_hash bytea not null,
  constraint relay_posts_business_id_base_fkey FOREIGN KEY (business_id, base) REFERENCES bases(business_id, base)
);

create table relay_words (
  business_id text not null,
  word text not null,
  constraint relay_words_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint relay_words_pkey PRIMARY KEY (business_id, word)
);

create table reminders (
  at timestamp with time zone not null,
  business_id text not null,
  code text not null,
  state text not null,
  constraint reminders_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES subscriptions(business_id, code),
  constraint reminders_pkey PRIMARY KEY (business_id, code, at),
  constraint reminders_state_check CHECK ((state = ANY (ARRAY['ahead'::text, 'told'::text, 'skipped'::text])))
);

create table requests (
  answer jsonb,
  asked_by text not null,
  business_id text not null,
  code text not null,
  created_at timestamp with time zone not null default now(),
  done_at timestamp with time zone,
  kind text not null,
  request_id uuid not null,
  state text not null,
  wish jsonb not null,
  constraint requests_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES orders(business_id, code) ON DELETE CASCADE,
  constraint requests_kind_check CHECK ((kind = ANY (ARRAY['cancel'::text, 'reschedule'::text, 'refund'::text, 'repair_state'::text]))),
  constraint requests_pkey PRIMARY KEY (business_id, request_id),
  constraint requests_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'refused'::text])))
);

create table scans (
  at timestamp with time zone not null,
  business_id text not null,
  code text,
  direction text not null,
  gate text not null,
  nonce text not null,
  reason text,
  recorded_at timestamp with time zone not null default now(),
  result text not null,
  ticket_id text,
  constraint scans_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint scans_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint scans_pkey PRIMARY KEY (business_id, nonce),
  constraint scans_result_check CHECK ((result = ANY (ARRAY['in'::text, 'out'::text, 'refused'::text])))
);

create table service_events (
  business_id text not null,
  code text not null,
  created_at timestamp with time zone not null default now(),
  error text,
  event_id uuid not null,
  next_try_at timestamp with time zone not null default now(),
  payload jsonb not null,
  sent_at timestamp with time zone,
  state text not null default 'due'::text,
  status integer,
  tries integer not null default 0,
  type text not null,
  constraint service_events_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES orders(business_id, code),
  constraint service_events_pkey PRIMARY KEY (business_id, event_id),
  constraint service_events_state_check CHECK ((state = ANY (ARRAY['due'::text, 'sent'::text, 'failed'::text])))
);

create table service_hooks (
  business_id text not null,
  created_at timestamp with time zone not null default now(),
  secret_sealed bytea not null,
  url text not null,
  constraint service_hooks_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint service_hooks_pkey PRIMARY KEY (business_id)
);

create table staff (
  business_id text not null,
  email text not null,
  password_hash text not null,
  role text not null,
  constraint staff_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint staff_pkey PRIMARY KEY (business_id, email),
  constraint staff_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'staff'::text, 'gate'::text, 'auditor'::text])))
);

create table subscriptions (
  active_until timestamp with time zone,
  base text not null,
  business_id text not null,
  code text not null,
  next_plan text,
  periods integer not null default 0,
  reminders_paused boolean not null default false,
  twin boolean not null default false,
  constraint subscriptions_business_id_base_fkey FOREIGN KEY (business_id, base) REFERENCES bases(business_id, base),
  constraint subscriptions_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES orders(business_id, code),
  constraint subscriptions_business_id_next_plan_fkey FOREIGN KEY (business_id, next_plan) REFERENCES offerings(business_id, offering_id),
  constraint subscriptions_pkey PRIMARY KEY (business_id, code)
);

create table telegram_bots (
  business_id text not null,
  next_send_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  owner_chats bigint[] not null default '{}'::bigint[],
  polled_by text,
  polled_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  token_sealed bytea not null,
  username text not null,
  webhook_url text,
  constraint telegram_bots_business_id_fkey FOREIGN KEY (business_id) REFERENCES businesses(business_id),
  constraint telegram_bots_pkey PRIMARY KEY (business_id)
);

create table telegram_updates (
  business_id text not null,
  received_at timestamp with time zone not null default now(),
  update_id bigint not null,
  constraint telegram_updates_business_id_fkey FOREIGN KEY (business_id) REFERENCES telegram_bots(business_id),
  constraint telegram_updates_pkey PRIMARY KEY (business_id, update_id)
);

create table tickets (
  business_id text not null,
  code text not null,
  date date not null,
  issued_at timestamp with time zone not null,
  seat integer not null,
  state text not null,
  ticket_id text not null,
  constraint tickets_business_id_code_fkey FOREIGN KEY (business_id, code) REFERENCES orders(business_id, code),
  constraint tickets_pkey PRIMARY KEY (business_id, ticket_id),
  constraint tickets_state_check CHECK ((state = ANY (ARRAY['valid'::text, 'in'::text, 'out'::text, 'void'::text])))
);

CREATE INDEX bases_of_an_owner ON public.bases USING btree (business_id, owner_chat);

CREATE INDEX carried_by_age ON public.carried USING btree (created_at);

CREATE INDEX chats_sent ON public.chats USING btree (changed_at) WHERE ((form ->> 'step'::text) = 'booking'::text);

CREATE INDEX idempotency_keys_by_age ON public.idempotency_keys USING btree (created_at);

CREATE INDEX idempotency_keys_of_an_order ON public.idempotency_keys USING btree (business_id, code);

CREATE INDEX identity_claims_of_an_order ON public.identity_claims USING btree (business_id, code);

CREATE INDEX notices_due ON public.notices USING btree (next_try_at) WHERE (state = 'due'::text);

CREATE UNIQUE INDEX one_living_ticket_a_seat ON public.tickets USING btree (business_id, code, seat) WHERE (state <> 'void'::text);

CREATE UNIQUE INDEX one_open_move ON public.moves USING btree (business_id, code) WHERE (state = 'open'::text);

CREATE UNIQUE INDEX one_subscription_a_base ON public.subscriptions USING btree (business_id, base) WHERE (NOT twin);

CREATE INDEX order_places_of_a_slot ON public.order_places USING btree (business_id, slot_id);

CREATE INDEX orders_by_change ON public.orders USING btree (changed_at);

CREATE INDEX orders_by_deadline ON public.orders USING btree (next_deadline_at) WHERE (next_deadline_at IS NOT NULL);

CREATE INDEX orders_in_line ON public.orders USING btree (business_id, date, waiting_no) WHERE (state = 'waiting'::text);

CREATE INDEX orders_of_a_business ON public.orders USING btree (business_id, created_at DESC, code);

CREATE INDEX orders_of_a_chat ON public.orders USING btree (business_id, chat_id, created_at DESC) WHERE (chat_id IS NOT NULL);

CREATE INDEX orders_of_a_day ON public.orders USING btree (business_id, date, code);

CREATE INDEX orders_unanswered ON public.orders USING btree (requested_at) WHERE (state = ANY (ARRAY['new'::text, 'refused'::text]));

CREATE INDEX orders_unopened ON public.orders USING btree (business_id) WHERE ((state = 'held'::text) AND (opened_at IS NULL));

CREATE INDEX otps_of_a_chat ON public.otps USING btree (business_id, chat_id, created_at DESC) WHERE (chat_id IS NOT NULL);

CREATE INDEX otps_of_an_address ON public.otps USING btree (business_id, email, created_at DESC);

CREATE INDEX outgoing_by_age ON public.outgoing USING btree (created_at);

CREATE INDEX outgoing_due ON public.outgoing USING btree (business_id, chat_id, outgoing_id) WHERE (state = 'due'::text);

CREATE INDEX payment_events_of_a_day ON public.payment_events USING btree (business_id, received_at);

CREATE INDEX payment_events_of_an_order ON public.payment_events USING btree (business_id, code);

CREATE INDEX payment_events_unfinished ON public.payment_events USING btree (next_try_at) WHERE (state = 'stored'::text);

CREATE INDEX payments_of_a_day ON public.payments USING btree (business_id, paid_at) WHERE (paid_at IS NOT NULL);

CREATE INDEX payments_paid ON public.payments USING btree (asked_at) WHERE (state = 'paid'::text);

CREATE INDEX payments_unmade ON public.payments USING btree (created_at) WHERE ((state = 'new'::text) AND (purpose = 'period'::text));

CREATE INDEX payments_unsettled ON public.payments USING btree (created_at) WHERE (state = ANY (ARRAY['new'::text, 'pending'::text, 'review'::text]));

CREATE INDEX periods_paid ON public.periods USING btree (business_id, paid_at);

CREATE INDEX quota_slots_of_a_day ON public.quota_slots USING btree (business_id, date, "time");

CREATE INDEX refunds_done ON public.refunds USING btree (done_at) WHERE (state = 'done'::text);

CREATE INDEX refunds_unfinished ON public.refunds USING btree (created_at) WHERE (state <> 'done'::text);

CREATE INDEX relay_posts_of_a_sender ON public.relay_posts USING btree (business_id, sender_hash, posted_at);

CREATE INDEX requests_of_an_order ON public.requests USING btree (business_id, code);

CREATE INDEX requests_open ON public.requests USING btree (created_at) WHERE (state = 'open'::text);

CREATE INDEX scans_of_a_ticket ON public.scans USING btree (business_id, ticket_id);

CREATE INDEX service_events_due ON public.service_events USING btree (next_try_at) WHERE (state = 'due'::text);

CREATE INDEX service_events_of_an_order ON public.service_events USING btree (business_id, code, created_at);

CREATE INDEX telegram_updates_by_age ON public.telegram_updates USING btree (received_at);

CREATE OR REPLACE FUNCTION public.refuse_oversell()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.held + new.sold > old.held + old.sold and new.held + new.sold > new.capacity then
    raise exception 'quota slot % would be oversold', new.slot_id using errcode = 'P0Q01';
  end if;
  return new;
end $function$
;

CREATE TRIGGER refuse_oversell BEFORE UPDATE OF held, sold ON public.quota_slots FOR EACH ROW EXECUTE FUNCTION refuse_oversell();
