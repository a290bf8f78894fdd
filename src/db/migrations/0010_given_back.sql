-- Up Migration

-- What of a period's money was given back: it is owed no more, whatever its invoice still brings.
alter table periods add column back_idr bigint not null default 0
  check (back_idr between 0 and amount_idr);

-- Each refund of a subscription is told for itself now. The ones before were told by the last of them.
insert into notices (business_id, code, kind, occurrence, channel, state)
select r.business_id, r.code, 'money_returned', r.refund_no::text, channel, 'dropped'
from refunds r join orders o using (business_id, code), unnest(array['email', 'telegram']) channel
where o.kind = 'plan' and r.state = 'done'
on conflict do nothing;

-- Down Migration
