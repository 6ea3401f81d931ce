-- Projects, their proposals and what was paid for them. Each sum is the sum of its lines; one rate of tax, 15 %.
insert into projects (
  id, org_id, code, title, description, status, previous_status, created_by, revision, created_at, updated_at
)
select
  id, org_id, 'PRJ-' || year || '-' || lpad(sequence::text, greatest(3, length(sequence::text)), '0'), title,
  'Every enquiry answered within a minute, followed up by SMS, and in the CRM without typing.', status,
  case status when 'DRAFT' then null when 'PROPOSED' then 'DRAFT' when 'APPROVED' then 'PROPOSED' else 'APPROVED' end,
  null, 1 + n % 4, created_at, created_at + interval '2 hours'
from bench.projects;

create table bench.lines as
select
  n, net + net / 5 * 2 as subtotal, (net + net / 5 * 2) * 15 / 100 as tax, jsonb_build_array(
    jsonb_build_object(
      'net', net, 'tax', net * 15 / 100, 'version', 2, 'optional', false, 'quantity', '1', 'tax_rate', '15.00',
      'unit_price', net, 'description', 'Workflow and its connection', 'tax_inclusive', false, 'discount_amount', 0
    ),
    jsonb_build_object(
      'net', net / 5 * 2, 'tax', net / 5 * 2 * 15 / 100, 'version', 2, 'optional', false, 'quantity', '2',
      'tax_rate', '15.00', 'unit_price', net / 5, 'description', 'Monitoring and support, months',
      'tax_inclusive', false, 'discount_amount', 0
    )
  ) as line_items
from bench.projects;
create unique index on bench.lines (n);
analyze bench.lines;

-- Every seventh project had a version before the last one.
insert into proposals (
  id, org_id, project_id, version, status, title, summary, terms, line_items, currency, tax_inclusive, tax_rule,
  subtotal, tax, total, valid_until, revision, parties, content_hash, sent_at, viewing_token_hash,
  decided_at, decided_by, decided_name, decision_note, created_at, updated_at
)
select
  case when v.version = v.last then p.proposal_id else bench.id(p.created_at, 'earlier' || p.n) end,
  p.org_id, p.id, v.version, s.status, p.title,
  'Every enquiry answered within a minute.', 'Payment on approval. Work begins on the day of payment.',
  l.line_items, 'ZAR', false, 'LINE', l.subtotal, l.tax, l.subtotal + l.tax,
  -- What waits for an answer must wait beyond the run, or the schedule would end it in the middle.
  case when s.status = 'DRAFT' then null when s.status = 'SENT' then now() + interval '60 days' else p.created_at + interval '30 days' end,
  1 + v.version,
  case when s.status <> 'DRAFT' then jsonb_build_object(
    'seller', 'Northstar Automation', 'tax_name', 'VAT', 'organization', 'Load ' || p.organization,
    'project_code', 'PRJ', 'project_title', p.title
  ) end,
  case when s.status <> 'DRAFT' then encode(sha256(('content' || p.n)::bytea), 'hex') end,
  case when s.status <> 'DRAFT' then p.created_at + interval '1 hour' end,
  case when s.status <> 'DRAFT' then encode(sha256(('token' || p.n || '-' || v.version)::bytea), 'hex') end,
  case when s.status in ('APPROVED', 'DECLINED', 'CHANGES_REQUESTED') then p.created_at + interval '1 day' end,
  case when s.status in ('APPROVED', 'DECLINED', 'CHANGES_REQUESTED') then u.id end,
  case when s.status in ('APPROVED', 'DECLINED', 'CHANGES_REQUESTED') then 'Thandi Nkosi 1' end,
  case when s.status = 'CHANGES_REQUESTED' then 'A smaller first step, please.' end,
  p.created_at + v.version * interval '30 minutes', p.created_at + v.version * interval '60 minutes'
from bench.projects p
join bench.lines l using (n)
join bench.people u on u.organization = p.organization and u.m = 1
cross join lateral (select version, 1 + (p.n % 7 = 0)::int as last from generate_series(1, 1 + (p.n % 7 = 0)::int) version) v
cross join lateral (
  select case
    when v.version < v.last then 'SUPERSEDED'
    when p.status = 'DRAFT' then 'DRAFT'
    when p.status = 'PROPOSED' then case when p.n % 30 = 0 then 'CHANGES_REQUESTED' else 'SENT' end
    when p.status = 'ARCHIVED' then case when p.n % 2 = 0 then 'DECLINED' else 'EXPIRED' end
    else 'APPROVED'
  end as status
) s
where p.status <> 'DRAFT' or p.n % 2 = 0;

create table bench.paid as
select
  p.*, row_number() over (partition by p.year order by p.n) as invoice_sequence, p.created_at + interval '2 days' as paid_at,
  bench.id(p.created_at + interval '1 day', 'intent' || p.n) as intent_id,
  bench.id(p.created_at + interval '2 days', 'payment' || p.n) as payment_id,
  bench.id(p.created_at + interval '2 days', 'invoice' || p.n) as invoice_id
from bench.projects p
where p.status in ('IN_PROGRESS', 'COMPLETED');

insert into payment_intents (
  id, org_id, proposal_id, amount, currency, status, checkout_session_id, checked_at, created_by, created_at, updated_at
)
select
  intent_id, p.org_id, proposal_id, subtotal + tax, 'ZAR', 'SUCCEEDED', 'cs_load_' || n, paid_at, u.id, paid_at, paid_at
from bench.paid p join bench.lines using (n) join bench.people u on u.organization = p.organization and u.m = 1;
insert into payments (
  id, org_id, payment_intent_id, provider_payment_id, amount, currency, status, note, received_at, created_at
)
select payment_id, org_id, intent_id, 'pi_load_' || n, subtotal + tax, 'ZAR', 'APPLIED', null, paid_at, paid_at
from bench.paid join bench.lines using (n);
insert into invoices (
  id, org_id, project_id, proposal_id, payment_id, number, year, sequence, title, status, currency,
  subtotal, tax, total, line_items, seller, buyer, issued_at, paid_at, created_at, updated_at
)
select
  invoice_id, org_id, id, proposal_id, payment_id,
  'INV-' || year || '-' || lpad(invoice_sequence::text, greatest(4, length(invoice_sequence::text)), '0'), year, invoice_sequence,
  title, 'PAID', 'ZAR', subtotal, tax, subtotal + tax, line_items,
  '{"name": "Northstar Automation", "email": null, "address": "12 Signal Street", "tax_name": "VAT", "tax_number": null}',
  jsonb_build_object('name', 'Load ' || organization, 'project_code', 'PRJ'), paid_at, paid_at, paid_at, paid_at
from bench.paid join bench.lines using (n);

insert into number_series (kind, year, next_value)
select 'project', year, max(sequence) + 1 from bench.projects group by year
union all
select 'invoice', year, max(invoice_sequence) + 1 from bench.paid group by year;
