-- Up Migration

-- What proves a webhook of a provider that signs none; sealed as the key is, since who has it can
-- make up events.
alter table provider_accounts add column webhook_token_sealed bytea;
