-- Up Migration

-- What a business calls itself and what it sells in English, `{"name"?, "about"?}`; null: as it does
-- in Indonesian.
alter table businesses add column english jsonb;
alter table offerings add column english jsonb;
alter table offering_options add column english jsonb;

-- Down Migration
