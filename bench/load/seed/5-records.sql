-- What is told and what is recorded about all that; and the messages that were delivered.
select app.place_audit_events(
  array(select (date_trunc('month', now()) - make_interval(months => m))::date from generate_series(0, 13) m)
);

create table bench.acts as
select p.n, p.org_id, p.id as project_id, act.*
from bench.projects p join bench.lines l using (n)
left join bench.paid d using (n)
cross join lateral (values
  ('project.created', 'project', p.id, p.created_at, jsonb_build_object('title', p.title), 'OPERATOR', true),
  ('proposal.sent', 'proposal', p.proposal_id, p.created_at + interval '1 hour',
    jsonb_build_object('version', 1, 'amount', l.subtotal + l.tax, 'currency', 'ZAR'), 'OPERATOR', p.status <> 'DRAFT'),
  ('payment.received', 'payment', d.payment_id, d.paid_at,
    jsonb_build_object('amount', l.subtotal + l.tax, 'currency', 'ZAR'), 'SYSTEM', d.n is not null),
  ('invoice.issued', 'invoice', d.invoice_id, d.paid_at + interval '1 second',
    jsonb_build_object('number', 'INV-' || d.invoice_sequence), 'SYSTEM', d.n is not null)
) as act (action, resource_type, resource_id, occurred_at, data, actor_type, has_happened)
where act.has_happened;

insert into activity_entries (
  id, org_id, occurred_at, kind, visibility, outcome, actor_type, actor_id, actor_name, subject_type, subject_id,
  resource_type, resource_id, data, created_at
)
select
  bench.id(occurred_at, action || n), org_id, occurred_at, action, 'CLIENT', 'SUCCESS', actor_type, null,
  case actor_type when 'OPERATOR' then 'Naledi Dlamini' end, 'project', project_id, resource_type, resource_id, data,
  occurred_at
from bench.acts;

-- Everything that is told was recorded; the rest, up to the wanted number, is what people do without changing anything.
insert into audit_events (
  id, org_id, occurred_at, actor_type, actor_id, actor_label, action, resource_type, resource_id, outcome, ip_address,
  request_id, metadata, created_at, actor_realm
)
select
  bench.id(occurred_at, action || n), org_id, occurred_at, case actor_type when 'OPERATOR' then 'USER' else actor_type end,
  null, case actor_type when 'SYSTEM' then 'stripe' else '' end, action, resource_type, resource_id::text, 'SUCCESS', '203.0.113.7',
  null, data, occurred_at, case actor_type when 'OPERATOR' then 'ADMIN' end
from bench.acts;
insert into audit_events (
  id, org_id, occurred_at, actor_type, actor_id, actor_label, action, resource_type, resource_id, outcome, ip_address,
  request_id, metadata, created_at, actor_realm
)
select
  bench.id(moment, 'session' || k), p.org_id, moment, 'USER', u.id::text, '',
  case when k % 40 = 0 then 'access.denied' else 'session.started' end,
  case when k % 40 = 0 then 'operation' else 'session' end,
  case when k % 40 = 0 then 'create_project' else bench.id(moment, 'past' || k)::text end,
  case when k % 40 = 0 then 'DENIED' else 'SUCCESS' end, '203.0.113.7', null, '{}', moment, 'CLIENT'
from generate_series(1, greatest(0, :'audits'::int - (select count(*) from bench.acts)::int)) k
join bench.projects p on p.n = 1 + k % (select count(*) from bench.projects)
join bench.people u on u.organization = p.organization and u.m = 1
cross join lateral (select p.created_at + (now() - p.created_at) * bench.die('seen' || k) as moment) drawn;

insert into outbox (
  id, org_id, topic, consumer, payload, available_at, enqueued_at, attempts, done_at, created_at
)
select
  bench.id(moment, 'message' || k), o.id, 'billing.invoice_paid.v1', 'billing.write_invoice',
  jsonb_build_object('org_id', o.id), moment, moment, 1, moment + interval '1 second', moment
from generate_series(1, :'messages'::int) k
join bench.organizations o on o.n = 1 + k % :'organizations'::int
cross join lateral (select now() - make_interval(secs => 12 * 86400 * bench.die('message' || k)) as moment) drawn;


drop schema bench cascade;
