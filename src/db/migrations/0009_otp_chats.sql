-- Up Migration

-- The chat that asked for a code, and the only one that may use it; null: it was asked for elsewhere.
-- So nobody outlives another's code by asking for a newer one, or uses up its tries.
alter table otps add column chat_id bigint;

create index otps_of_a_chat on otps (business_id, chat_id, created_at desc)
  where chat_id is not null;

-- Down Migration
