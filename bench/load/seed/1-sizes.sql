-- What the other files draw from: stable dice, ids that grow with time as ours do, and each organization's size.
create schema bench;

create function bench.die(what text) returns double precision language sql immutable parallel safe
return ('x' || substr(md5(what), 1, 8))::bit(32)::bigint / 4294967296.0::float8;

create function bench.id(moment timestamptz, what text) returns uuid language sql immutable parallel safe
return (
  lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0')
  || '7' || substr(md5('id:' || what), 1, 3) || '8' || substr(md5('id:' || what), 4, 15)
)::uuid;

-- The first organization has a tenth of everything. A few have the reference size exactly; the rest is Zipf, flattened
-- so that the second is no second giant. With `even` all have the reference size.
create table bench.organizations as
with ranked as (
  select n, case
    when :'even'::boolean then 'reference'
    when n = 1 then 'giant'
    when n <= 1 + :'references'::int then 'reference'
    else 'zipf'
  end as kind
  from generate_series(1, :'organizations'::int) n
), weighed as (
  select *, case kind when 'zipf' then power(n - :'references'::int - 1, -0.75) end as weight from ranked
), sized as (
  select *, case kind
    when 'giant' then :'projects'::int / 10
    when 'reference' then :'reference_size'::int
    else greatest(1, round(
      weight / sum(weight) over () * (:'projects'::int * 0.9 - :'references'::int * :'reference_size'::int)
    ))::int
  end as projects from weighed
)
select
  n, kind, projects, moment as created_at, bench.id(moment, 'organization' || n) as id,
  case kind when 'giant' then 200 when 'reference' then 5 else 1 + (n % 2) end as members
from sized, lateral (
  select date_trunc('day', now()) - interval '366 days' + make_interval(secs => 3600 * bench.die('o' || n)) as moment
) as made;

create table bench.projects as
with drawn as (
  select
    o.n as organization, o.id as org_id,
    date_trunc('day', now()) - make_interval(secs => 365 * 86400 * bench.die('p' || o.n || '-' || m)) as created_at
  from bench.organizations o, generate_series(1, o.projects) m
), numbered as (
  select *, row_number() over (order by created_at, organization) as n from drawn
)
select
  n, organization, org_id, created_at, bench.id(created_at, 'project' || n) as id,
  bench.id(created_at + interval '1 hour', 'proposal' || n) as proposal_id,
  extract(year from created_at)::int as year,
  row_number() over (partition by extract(year from created_at) order by n) as sequence,
  (array['Lead capture', 'Invoice reminders', 'Stock report', 'Onboarding mails', 'Price watch'])[1 + n % 5]
    || ' for ' || (array['Harbour', 'Table Bay', 'Karoo', 'Signal Hill', 'Winelands', 'Garden Route'])[1 + n % 6] as title,
  1000000 + 5000 * (n % 900) as net,
  case
    when created_at > date_trunc('day', now()) - interval '30 days' then
      case when die < 0.25 then 'DRAFT' when die < 0.70 then 'PROPOSED' when die < 0.80 then 'APPROVED' else 'IN_PROGRESS' end
    when die < 0.10 then 'IN_PROGRESS'
    when die < 0.80 then 'COMPLETED'
    else 'ARCHIVED'
  end as status
from numbered, lateral (select bench.die('status' || n) as die) as thrown;
create unique index on bench.projects (n);
analyze bench.organizations, bench.projects;
