-- Deployed workflows and their runs: all projects underway have one, and some of those that are completed.
insert into n8n_environments (
  id, name, base_url, api_key_sealed, is_active, version, checked_at, check_failure, created_at, updated_at
)
select bench.id(now(), 'environment'), 'Load', 'http://127.0.0.1:9', 'sealed by nobody', true, '2.0.0', now(), '', now(), now();
insert into workflow_templates (
  id, family_id, version, is_current, name, description, category, definition, sha256, parameters, created_at, updated_at
)
select
  bench.id(now(), 'template'), bench.id(now(), 'family'), 1, true, 'Lead capture', 'Catches leads.', 'Sales',
  '{"name": "Lead capture", "nodes": [], "connections": {}, "settings": {}}', md5('a') || md5('b'), '[]', now(), now();

create table bench.workflows as
select
  p.n, p.organization, p.org_id, p.id as project_id, p.paid_at + interval '1 hour' as created_at,
  bench.id(p.paid_at + interval '1 hour', 'workflow' || p.n) as id,
  case when die < 0.85 then 'ACTIVE' when die < 0.93 then 'PAUSED' when die < 0.935 then 'FAILED' else 'REMOVED' end as status
from bench.paid p, lateral (select bench.die('workflow' || p.n) as die) thrown
where p.status = 'IN_PROGRESS' or p.n % 6 = 0;

insert into workflow_instances (
  id, org_id, project_id, template_id, template_name, template_version, environment_id, status, deployment,
  parameters, callback_secret_sealed, webhook_path, engine_workflow_id, failure_reason, deployed_at, created_at, updated_at
)
select
  w.id, w.org_id, w.project_id, t.id, t.name, 1, e.id, w.status, 1, '[]', 'sealed by nobody', 'load/' || w.n, 'w' || w.n,
  case w.status when 'FAILED' then 'n8n did not answer.' end,
  case when w.status <> 'FAILED' then w.created_at end, w.created_at, w.created_at
from bench.workflows w, workflow_templates t, n8n_environments e;

insert into executions (
  id, org_id, workflow_id, engine_execution_id, status, trigger, started_at, finished_at, error_message,
  created_at, updated_at
)
select
  bench.id(moment, 'execution' || w.n || '-' || m), w.org_id, w.id, 'e' || m, ended.status, 'EXTERNAL', moment,
  moment + interval '4 seconds', case ended.status when 'ERROR' then 'The CRM refused the lead.' end, moment, moment
from bench.workflows w, generate_series(1, 5) m,
  lateral (select w.created_at + (date_trunc('day', now()) - w.created_at) * bench.die('run' || w.n || '-' || m) as moment) drawn,
  lateral (
    select case when die < 0.95 then 'SUCCESS' when die < 0.99 then 'ERROR' else 'CANCELED' end as status
    from (select bench.die('ended' || w.n || '-' || m) as die) thrown
  ) ended
where w.status <> 'FAILED' and w.created_at < date_trunc('day', now());
