-- Up Migration

-- A button of the chat carries an option's id, and 64 bytes are all that it holds.
alter table offering_options
  add constraint offering_options_option_id_check check (option_id ~ '^[a-z0-9][a-z0-9-]{0,40}$');

-- Down Migration
