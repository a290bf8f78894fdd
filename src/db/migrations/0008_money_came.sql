-- Up Migration

-- When the provider says the money of an attempt came; `paid_at` is when we heard of it.
alter table payments add column came_at timestamptz;

-- Down Migration
