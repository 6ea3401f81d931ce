-- Organizations, their people and the staff. All have the password of the one that was made by command.
insert into organizations (id, name, domain, plan, status, settings, created_at, updated_at)
select id, 'Load ' || kind || ' ' || n, 'load-' || n, 'FREE', 'ACTIVE', '{"timezone": "Africa/Johannesburg"}', created_at, created_at
from bench.organizations;

create table bench.people as
select
  o.id as org_id, o.n as organization, m, o.created_at,
  bench.id(o.created_at, 'user' || o.n || '-' || m) as id,
  case when m = 1 then 'OWNER' when m = 2 then 'ADMINISTRATOR' else 'USER' end as role
from bench.organizations o, generate_series(1, o.members) m;

insert into users (
  id, org_id, email, full_name, password_hash, role, status, email_verified_at, token_version, created_at, updated_at
)
select
  id, org_id, 'user-' || organization || '-' || m || '@load.test', 'Thandi Nkosi ' || m,
  (select password_hash from users where email = :'staff'), role, 'ACTIVE', created_at, 0, created_at, created_at
from bench.people
union all
select
  bench.id(now() - interval '366 days', 'staff' || n), null, 'staff-' || n || '@load.test', 'Naledi Dlamini ' || n,
  (select password_hash from users where email = :'staff'),
  case when n <= 15 then 'OPERATOR' when n <= 18 then 'AUDITOR' else 'DEVELOPER' end, 'ACTIVE', now(), 0, now(), now()
from generate_series(1, 20) n;

insert into onboarding_profiles (id, org_id, user_id, job_title, timezone, completed_at, created_at, updated_at)
select
  bench.id(created_at, 'profile' || organization || '-' || m), org_id, id, 'Owner', 'Africa/Johannesburg',
  created_at, created_at, created_at
from bench.people;
insert into onboarding_steps (id, org_id, user_id, step, created_at)
select bench.id(created_at, step || organization || '-' || m), org_id, id, step, created_at
from bench.people, unnest(array['welcome', 'profile', 'checklist', 'guide']) step;

-- Sessions of the past weeks, ended: what sign-in and renewal look through.
insert into sessions (
  id, org_id, user_id, device, ip_address, is_remembered, last_seen_at, expires_at, revoked_at, revoked_reason, created_at
)
select
  bench.id(now() - make_interval(hours => n), 'past' || organization || '-' || m || '-' || n), org_id, id, 'Firefox',
  '203.0.113.7', false, now() - make_interval(hours => n), now() - make_interval(hours => n - 24),
  now() - make_interval(hours => n - 1), 'signed out', now() - make_interval(hours => n)
from bench.people, generate_series(30, 60, 30) n;
insert into refresh_tokens (id, org_id, session_id, token_hash, created_at)
select bench.id(created_at, 'token' || id), org_id, id, md5('a' || id) || md5('b' || id), created_at from sessions;
insert into login_attempts (id, email, ip_address, succeeded, created_at)
select
  bench.id(now() - make_interval(hours => n), 'attempt' || organization || '-' || m || '-' || n),
  'user-' || organization || '-' || m || '@load.test', '203.0.113.7', n % 7 > 0, now() - make_interval(hours => n)
from bench.people, generate_series(30, 60, 30) n;
