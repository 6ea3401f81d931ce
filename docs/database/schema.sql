-- `make generate` wrote this. The schema as the migrations make it, on revision 20261124_1020.

CREATE SCHEMA app;

CREATE SCHEMA partitions;

CREATE FUNCTION app.asked_words(given text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ select (app.search_words(given))[:8] $$;

CREATE FUNCTION app.carry_over_activity(since timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  with added as (
    insert into activity_entries (
      id, org_id, occurred_at, kind, visibility, outcome, actor_type, actor_id, actor_name,
      subject_type, subject_id, resource_type, resource_id, data, created_at
    )
    select
      e.id, p.org_id, e.occurred_at, e.action,
      case
        when e.action in (
          'project.updated', 'proposal.created', 'proposal.updated', 'payment.unapplied',
          'workflow.deployment_failed'
        ) then 'STAFF'
        else 'CLIENT'
      end,
      e.outcome, e.actor_type,
      case when e.actor_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e.actor_id::uuid end,
      case when e.actor_type in ('USER', 'OPERATOR') then nullif(split_part(u.full_name, '@', 1), '') end,
      'project', p.id, e.resource_type,
      case when e.resource_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e.resource_id::uuid end,
      coalesce(
        (
          select jsonb_object_agg(case m.key when 'total' then 'amount' else m.key end, m.value)
          from jsonb_each(e.metadata) m
          where m.value <> 'null' and m.key in (
            'title', 'to', 'reason', 'version', 'total', 'amount', 'currency', 'message', 'number', 'template', 'status'
          )
        ),
        '{}'
      ),
      e.created_at
    from audit_events e
    join projects p on p.id::text = case e.resource_type
      when 'project' then e.resource_id else e.metadata ->> 'project_id' end
    left join users u on u.id::text = e.actor_id
    where e.occurred_at >= since and e.outcome in ('SUCCESS', 'FAILURE') and e.app_id is null and e.producer_id is null
      and (e.action <> 'project.status_changed' or e.metadata ->> 'automatic' is distinct from 'true')
      and e.action in (
      'project.created', 'project.updated', 'project.status_changed',
      'proposal.created', 'proposal.updated', 'proposal.sent', 'proposal.approved', 'proposal.changes_requested',
      'proposal.declined', 'proposal.expired',
      'payment.received', 'payment.unapplied',
      'workflow.deployed', 'workflow.deployment_failed',
      'workflow.paused', 'workflow.resumed', 'workflow.removed', 'execution.requested', 'execution.finished'
    )
    on conflict (id) do nothing
    returning 1
  )
  select count(*) from added
$_$;

CREATE FUNCTION app.close_proposals() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
begin
  update public.proposals set is_closed = (new.status = 'ARCHIVED')
  where org_id = new.org_id and project_id = new.id and is_closed <> (new.status = 'ARCHIVED');
  return null;
end $$;

CREATE FUNCTION app.current_org() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select nullif(current_setting('app.org_id', true), '')::uuid $$;

CREATE FUNCTION app.guard_audit_partition(partition text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  execute format('alter table partitions.%I enable row level security', partition);
  execute format('alter table partitions.%I force row level security', partition);
  execute format(
    'create trigger audit_events_append_only before update or delete or truncate on partitions.%I '
    'for each statement execute function app.refuse_change()', partition
  );
end
$$;

CREATE FUNCTION app.keep_invoice_tokens() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
begin
  if tg_op = 'UPDATE' then
    if row(new.number, new.title) is not distinct from row(old.number, old.title) then
      return null;
    end if;
    delete from invoice_tokens where invoice_id = new.id;
  end if;
  insert into invoice_tokens (org_id, invoice_id, token)
  select new.org_id, new.id, token from unnest(app.search_tokens(new.number, new.title)) as token;
  return null;
end
$$;

CREATE FUNCTION app.keep_organization_tokens() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
begin
  if tg_op = 'UPDATE' then
    if row(new.name, new.domain) is not distinct from row(old.name, old.domain) then
      return null;
    end if;
    delete from organization_tokens where org_id = new.id;
  end if;
  insert into organization_tokens (org_id, token)
  select new.id, token from unnest(app.search_tokens(new.name, new.domain)) as token;
  return null;
end
$$;

CREATE FUNCTION app.keep_paid() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
begin
  update public.proposals set paid_at = new.updated_at
  where org_id = new.org_id and id = new.proposal_id and paid_at is null;
  return null;
end $$;

CREATE FUNCTION app.keep_project_tokens() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
begin
  if tg_op = 'UPDATE' then
    if row(new.code, new.title) is not distinct from row(old.code, old.title) then
      return null;
    end if;
    delete from project_tokens where project_id = new.id;
  end if;
  insert into project_tokens (org_id, project_id, token)
  select new.org_id, new.id, token from unnest(app.search_tokens(new.code, new.title)) as token;
  return null;
end
$$;

CREATE FUNCTION app.keep_proposal_tokens() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
begin
  if tg_op = 'UPDATE' then
    if row(new.title) is not distinct from row(old.title) then
      return null;
    end if;
    delete from proposal_tokens where proposal_id = new.id;
  end if;
  insert into proposal_tokens (org_id, proposal_id, token)
  select new.org_id, new.id, token from unnest(app.search_tokens(new.title)) as token;
  return null;
end
$$;

CREATE FUNCTION app.keep_workflow_tokens() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
begin
  if tg_op = 'UPDATE' then
    if row(new.template_name) is not distinct from row(old.template_name) then
      return null;
    end if;
    delete from workflow_tokens where workflow_id = new.id;
  end if;
  insert into workflow_tokens (org_id, workflow_id, token)
  select new.org_id, new.id, token from unnest(app.search_tokens(new.template_name)) as token;
  return null;
end
$$;

CREATE FUNCTION app.longest_word(given text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ select (app.search_words(given))[1] $$;

CREATE FUNCTION app.make_audit_partition(month date) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  partition text := 'audit_events_' || to_char(month, 'YYYY_MM');
  begins timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  ends timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
  is_held boolean;
begin
  perform pg_advisory_xact_lock(hashtext('app.make_audit_partition'));
  if exists (select from pg_inherits where inhrelid = to_regclass('partitions.' || partition)) then
    return false;
  end if;
  alter table partitions.audit_events_default no force row level security;
  is_held := exists (
    select from partitions.audit_events_default where occurred_at >= begins and occurred_at < ends
  );
  if to_regclass('partitions.' || partition) is null then
    execute format(
      'create table partitions.%I (like public.audit_events including defaults including constraints)', partition
    );
    execute format(
      'alter table partitions.%I add constraint fk_audit_events_org_id foreign key (org_id) '
      'references public.organizations (id)', partition
    );
    if is_held then
      alter table partitions.audit_events_default force row level security;
      return false;
    end if;
  end if;
  if is_held then
    alter table partitions.audit_events_default disable trigger audit_events_append_only;
    execute format(
      'with moved as (delete from partitions.audit_events_default where occurred_at >= %L and occurred_at < %L '
      'returning *) insert into partitions.%I select * from moved', begins, ends, partition
    );
    alter table partitions.audit_events_default enable trigger audit_events_append_only;
  end if;
  alter table partitions.audit_events_default force row level security;
  execute format(
    'alter table public.audit_events attach partition partitions.%I for values from (%L) to (%L)',
    partition, begins, ends
  );
  perform app.guard_audit_partition(partition);
  return true;
end
$$;

CREATE FUNCTION app.make_audit_partitions(months_ahead integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '500ms'
    AS $$
declare
  made integer := 0;
  ahead integer;
begin
  for ahead in 0 .. least(months_ahead, 24) loop
    if app.make_audit_partition((date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead))::date)
    then
      made := made + 1;
    end if;
  end loop;
  return made;
end
$$;

CREATE FUNCTION app.notify_outbox() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$ begin perform pg_notify('outbox', ''); return null; end $$;

CREATE FUNCTION app.place_audit_events(months date[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '500ms'
    AS $$
declare
  made integer := 0;
  month date;
  begins timestamptz;
  ends timestamptz;
  is_held boolean;
begin
  foreach month in array months[1:24] loop
    continue when month < '2000-01-01' or month > (now() + interval '2 years')::date;
    begins := date_trunc('month', month::timestamp) at time zone 'UTC';
    ends := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
    alter table partitions.audit_events_default no force row level security;
    is_held := exists (
      select from partitions.audit_events_default where occurred_at >= begins and occurred_at < ends
    );
    alter table partitions.audit_events_default force row level security;
    if is_held and app.make_audit_partition(month) then
      made := made + 1;
    end if;
  end loop;
  return made;
end
$$;

CREATE FUNCTION app.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$ begin raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege'; end $$;

CREATE FUNCTION app.search_tokens(VARIADIC texts text[]) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$
declare
  token text;
  found text[] := '{}';
begin
  foreach token in array app.search_words(array_to_string(texts, ' ')) loop
    while token <> '' and cardinality(found) < 200 loop
      if token <> all (found) then
        found := found || token;
      end if;
      token := case when position('-' in token) > 0 then substr(token, position('-' in token) + 1) else '' end;
    end loop;
  end loop;
  return found;
end
$$;

CREATE FUNCTION app.search_words(given text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$
declare
  plain text := left(given, 1000);
  word text;
  found text[] := '{}';
begin
  if plain ~ '[^\u0001-\u007f]' then
    plain := regexp_replace(
      normalize(plain, NFKD),
      '[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff'
        '\u200b-\u200f\u202a-\u202e\u2060-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]',
      '', 'g'
    );
  end if;
  foreach word in array regexp_split_to_array(lower(plain), '\s+') loop
    word := regexp_replace(
      word, '[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f]+', '-', 'g'
    );
    word := left(trim(both '-' from word), 64);
    if word <> '' and word <> all (found) then
      found := found || word;
    end if;
  end loop;
  -- The longest first, which is as a rule the rarest; a question has eight at most.
  return array(select one from unnest(found) as one order by length(one) desc, one collate "C");
end
$$;

GRANT USAGE ON SCHEMA app TO capecontrol_runtime;
GRANT USAGE ON SCHEMA app TO capecontrol_system;
GRANT USAGE ON SCHEMA app TO capecontrol_signin;

GRANT USAGE ON SCHEMA public TO capecontrol_runtime;
GRANT USAGE ON SCHEMA public TO capecontrol_system;
GRANT USAGE ON SCHEMA public TO capecontrol_signin;

REVOKE ALL ON FUNCTION app.carry_over_activity(since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.carry_over_activity(since timestamp with time zone) TO capecontrol_system;

GRANT ALL ON FUNCTION app.current_org() TO capecontrol_runtime;
GRANT ALL ON FUNCTION app.current_org() TO capecontrol_system;
GRANT ALL ON FUNCTION app.current_org() TO capecontrol_signin;

REVOKE ALL ON FUNCTION app.guard_audit_partition(partition text) FROM PUBLIC;

REVOKE ALL ON FUNCTION app.make_audit_partition(month date) FROM PUBLIC;

REVOKE ALL ON FUNCTION app.make_audit_partitions(months_ahead integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.make_audit_partitions(months_ahead integer) TO capecontrol_system;

REVOKE ALL ON FUNCTION app.place_audit_events(months date[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app.place_audit_events(months date[]) TO capecontrol_system;

CREATE TABLE public.activity_entries (
    occurred_at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    visibility text NOT NULL,
    outcome text NOT NULL,
    actor_type text NOT NULL,
    actor_id uuid,
    actor_name text,
    subject_type text NOT NULL,
    subject_id uuid NOT NULL,
    resource_type text NOT NULL,
    resource_id uuid,
    data jsonb NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    org_id uuid NOT NULL,
    CONSTRAINT ck_activity_entries_actor_type CHECK ((actor_type = ANY (ARRAY['USER'::text, 'OPERATOR'::text, 'APP'::text, 'SYSTEM'::text, 'ANONYMOUS'::text]))),
    CONSTRAINT ck_activity_entries_outcome CHECK ((outcome = ANY (ARRAY['SUCCESS'::text, 'FAILURE'::text]))),
    CONSTRAINT ck_activity_entries_visibility CHECK ((visibility = ANY (ARRAY['STAFF'::text, 'CLIENT'::text])))
);
ALTER TABLE ONLY public.activity_entries FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.activity_entries
    ADD CONSTRAINT pk_activity_entries PRIMARY KEY (id);
CREATE INDEX ix_activity_entries_occurred_at_id ON public.activity_entries USING btree (occurred_at, id);
CREATE INDEX ix_activity_entries_org_id_occurred_at_id ON public.activity_entries USING btree (org_id, occurred_at, id);
CREATE INDEX ix_activity_entries_org_id_subject ON public.activity_entries USING btree (org_id, subject_type, subject_id, occurred_at, id);
CREATE INDEX ix_activity_entries_subject ON public.activity_entries USING btree (subject_type, subject_id, occurred_at, id);
ALTER TABLE public.activity_entries ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.activity_entries AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.activity_entries USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.activity_entries TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT ON TABLE public.activity_entries TO capecontrol_runtime;
GRANT SELECT,INSERT ON TABLE public.activity_entries TO capecontrol_system;

CREATE TABLE public.audit_events (
    org_id uuid,
    occurred_at timestamp with time zone NOT NULL,
    actor_type text NOT NULL,
    actor_id text,
    actor_label text NOT NULL,
    action text NOT NULL,
    resource_type text NOT NULL,
    resource_id text,
    outcome text NOT NULL,
    ip_address text,
    request_id text,
    metadata jsonb NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    app_id uuid,
    producer_id text,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    actor_realm text,
    CONSTRAINT ck_audit_events_actor_realm CHECK ((actor_realm = ANY (ARRAY['ADMIN'::text, 'CLIENT'::text]))),
    CONSTRAINT ck_audit_events_actor_type CHECK ((actor_type = ANY (ARRAY['USER'::text, 'OPERATOR'::text, 'APP'::text, 'SYSTEM'::text, 'ANONYMOUS'::text]))),
    CONSTRAINT ck_audit_events_outcome CHECK ((outcome = ANY (ARRAY['SUCCESS'::text, 'FAILURE'::text, 'DENIED'::text])))
)
PARTITION BY RANGE (occurred_at);
ALTER TABLE ONLY public.audit_events FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT pk_audit_events PRIMARY KEY (id, occurred_at);
CREATE INDEX ix_audit_events_action_occurred_at ON ONLY public.audit_events USING btree (action text_pattern_ops, occurred_at);
CREATE INDEX ix_audit_events_actor_id_occurred_at ON ONLY public.audit_events USING btree (actor_id, occurred_at);
CREATE INDEX ix_audit_events_occurred_at_id ON ONLY public.audit_events USING btree (occurred_at, id);
CREATE INDEX ix_audit_events_org_id_occurred_at ON ONLY public.audit_events USING btree (org_id, occurred_at, id);
CREATE INDEX ix_audit_events_refused ON ONLY public.audit_events USING btree (outcome, occurred_at, id) WHERE (outcome <> 'SUCCESS'::text);
CREATE INDEX ix_audit_events_resource ON ONLY public.audit_events USING btree (resource_type, resource_id, occurred_at);
CREATE TRIGGER audit_events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_events FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
ALTER TABLE public.audit_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.audit_events AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.audit_events USING (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY signin ON public.audit_events TO capecontrol_signin USING (true) WITH CHECK (true);
CREATE POLICY system ON public.audit_events TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT ON TABLE public.audit_events TO capecontrol_runtime;
GRANT INSERT ON TABLE public.audit_events TO capecontrol_signin;
GRANT SELECT,INSERT ON TABLE public.audit_events TO capecontrol_system;

CREATE TABLE public.bulk_operations (
    id uuid NOT NULL,
    org_id uuid,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    total integer NOT NULL,
    succeeded integer NOT NULL,
    failed integer NOT NULL,
    errors jsonb NOT NULL,
    stop_reason text,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_bulk_operations_counts CHECK (((succeeded >= 0) AND (failed >= 0) AND ((succeeded + failed) <= total))),
    CONSTRAINT ck_bulk_operations_state CHECK ((state = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'DONE'::text, 'CANCELLED'::text, 'FAILED'::text])))
);
ALTER TABLE ONLY public.bulk_operations FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.bulk_operations
    ADD CONSTRAINT pk_bulk_operations PRIMARY KEY (id);
CREATE INDEX ix_bulk_operations_finished_at ON public.bulk_operations USING btree (finished_at);
CREATE INDEX ix_bulk_operations_org_id ON public.bulk_operations USING btree (org_id);
CREATE INDEX ix_bulk_operations_person_id_created_at_id ON public.bulk_operations USING btree (person_id, created_at, id);
CREATE UNIQUE INDEX uq_bulk_operations_active ON public.bulk_operations USING btree (person_id, kind) WHERE (state = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text]));
ALTER TABLE public.bulk_operations ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.bulk_operations AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.bulk_operations USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.bulk_operations TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bulk_operations TO capecontrol_system;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bulk_operations TO capecontrol_runtime;

CREATE TABLE public.bulk_selections (
    id uuid NOT NULL,
    org_id uuid,
    subject_ids uuid[] NOT NULL
);
ALTER TABLE ONLY public.bulk_selections FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.bulk_selections
    ADD CONSTRAINT pk_bulk_selections PRIMARY KEY (id);
CREATE INDEX ix_bulk_selections_org_id ON public.bulk_selections USING btree (org_id);
ALTER TABLE public.bulk_selections ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.bulk_selections AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.bulk_selections USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.bulk_selections TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bulk_selections TO capecontrol_system;
GRANT SELECT,INSERT,DELETE ON TABLE public.bulk_selections TO capecontrol_runtime;

CREATE TABLE public.business (
    revision integer NOT NULL,
    name text NOT NULL,
    legal_name text NOT NULL,
    address text NOT NULL,
    country text,
    registration_number text,
    tax_number text,
    tax_name text NOT NULL,
    email text,
    phone text,
    website text,
    currency text NOT NULL,
    timezone text NOT NULL,
    number_format text NOT NULL,
    date_format text NOT NULL,
    default_terms text NOT NULL,
    days_to_pay integer NOT NULL,
    bank jsonb,
    accent text NOT NULL,
    accent_dark text,
    logo jsonb,
    front_door jsonb NOT NULL,
    id uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    default_tax text,
    CONSTRAINT ck_business_date_format CHECK ((date_format = ANY (ARRAY['DAY_MONTH_YEAR'::text, 'MONTH_DAY_YEAR'::text, 'DAY_MONTH_YEAR_DASHES'::text, 'DAY_MONTH_YEAR_SLASHES'::text, 'DAY_MONTH_YEAR_POINTS'::text, 'YEAR_MONTH_DAY'::text]))),
    CONSTRAINT ck_business_number_format CHECK ((number_format = ANY (ARRAY['COMMA_POINT'::text, 'POINT_COMMA'::text, 'SPACE_COMMA'::text, 'SPACE_POINT'::text, 'APOSTROPHE_POINT'::text])))
);
ALTER TABLE ONLY public.business FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.business
    ADD CONSTRAINT pk_business PRIMARY KEY (id);
CREATE UNIQUE INDEX uq_business_one_row ON public.business USING btree ((true));
ALTER TABLE public.business ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON public.business USING ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL)) WITH CHECK ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL));
CREATE POLICY system ON public.business TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,UPDATE ON TABLE public.business TO capecontrol_system;

CREATE TABLE public.changes (
    id bigint NOT NULL,
    org_id uuid,
    topic text NOT NULL,
    subject_id uuid,
    project_id uuid,
    is_for_clients boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL
);
ALTER TABLE ONLY public.changes FORCE ROW LEVEL SECURITY;
ALTER TABLE public.changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.changes
    ADD CONSTRAINT pk_changes PRIMARY KEY (id);
CREATE INDEX ix_changes_org_id_transaction_id ON public.changes USING btree (org_id, transaction_id);
CREATE INDEX ix_changes_transaction_id ON public.changes USING btree (transaction_id);
ALTER TABLE public.changes ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.changes AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.changes USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.changes TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE ON TABLE public.changes TO capecontrol_system;
GRANT SELECT,INSERT ON TABLE public.changes TO capecontrol_runtime;

CREATE TABLE public.executions (
    workflow_id uuid NOT NULL,
    engine_execution_id text,
    status text NOT NULL,
    trigger text NOT NULL,
    payload json,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    error_message text,
    dispatched_at timestamp with time zone,
    checked_at timestamp with time zone,
    requested_by uuid,
    id uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    org_id uuid NOT NULL,
    CONSTRAINT ck_executions_status CHECK ((status = ANY (ARRAY['RUNNING'::text, 'SUCCESS'::text, 'ERROR'::text, 'CANCELED'::text]))),
    CONSTRAINT ck_executions_trigger CHECK ((trigger = ANY (ARRAY['MANUAL'::text, 'EXTERNAL'::text])))
);
ALTER TABLE ONLY public.executions FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.executions
    ADD CONSTRAINT pk_executions PRIMARY KEY (id);
ALTER TABLE ONLY public.executions
    ADD CONSTRAINT uq_executions_engine_execution_id UNIQUE (org_id, workflow_id, engine_execution_id);
ALTER TABLE ONLY public.executions
    ADD CONSTRAINT uq_executions_org_id_id UNIQUE (org_id, id);
CREATE INDEX ix_executions_created_at_id ON public.executions USING btree (created_at, id);
CREATE INDEX ix_executions_failed ON public.executions USING btree (started_at) WHERE (status = ANY (ARRAY['ERROR'::text, 'CANCELED'::text]));
CREATE INDEX ix_executions_org_id_created_at_id ON public.executions USING btree (org_id, created_at, id);
CREATE INDEX ix_executions_running ON public.executions USING btree (created_at) WHERE (status = 'RUNNING'::text);
CREATE INDEX ix_executions_workflow_id_created_at_id ON public.executions USING btree (workflow_id, created_at, id);
CREATE INDEX ix_executions_workflow_id_failed ON public.executions USING btree (workflow_id, started_at) WHERE (status = ANY (ARRAY['ERROR'::text, 'CANCELED'::text]));
CREATE INDEX ix_executions_workflow_id_started_at_id ON public.executions USING btree (workflow_id, started_at, id);
ALTER TABLE public.executions ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.executions AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.executions USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.executions TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,UPDATE ON TABLE public.executions TO capecontrol_runtime;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.executions TO capecontrol_system;

CREATE TABLE public.idempotency_keys (
    org_id uuid,
    caller text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    status smallint,
    answer text,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    headers text,
    lease_until timestamp with time zone,
    lease_token uuid
);
ALTER TABLE ONLY public.idempotency_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT pk_idempotency_keys PRIMARY KEY (id);
CREATE INDEX ix_idempotency_keys_created_at ON public.idempotency_keys USING btree (created_at);
CREATE INDEX ix_idempotency_keys_org_id ON public.idempotency_keys USING btree (org_id);
CREATE UNIQUE INDEX uq_idempotency_keys_caller_key ON public.idempotency_keys USING btree (caller, key);
ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.idempotency_keys AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.idempotency_keys USING (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY signin ON public.idempotency_keys TO capecontrol_signin USING (true) WITH CHECK (true);
CREATE POLICY system ON public.idempotency_keys TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency_keys TO capecontrol_runtime;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency_keys TO capecontrol_signin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency_keys TO capecontrol_system;

CREATE TABLE public.inbound_events (
    org_id uuid,
    provider text NOT NULL,
    external_id text NOT NULL,
    type text NOT NULL,
    occurred_at timestamp with time zone,
    payload bytea,
    handled_at timestamp with time zone,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    is_sealed boolean DEFAULT false NOT NULL,
    CONSTRAINT ck_inbound_events_external_id CHECK (((char_length(external_id) >= 1) AND (char_length(external_id) <= 300)))
);
ALTER TABLE ONLY public.inbound_events FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.inbound_events
    ADD CONSTRAINT pk_inbound_events PRIMARY KEY (id);
CREATE INDEX ix_inbound_events_handled_at ON public.inbound_events USING btree (handled_at) WHERE (payload IS NOT NULL);
CREATE INDEX ix_inbound_events_org_id_created_at ON public.inbound_events USING btree (org_id, created_at);
CREATE UNIQUE INDEX uq_inbound_events_provider_external_id ON public.inbound_events USING btree (provider, external_id);
ALTER TABLE public.inbound_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.inbound_events AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.inbound_events USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.inbound_events TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT ON TABLE public.inbound_events TO capecontrol_runtime;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbound_events TO capecontrol_system;

CREATE TABLE public.invoice_tokens (
    org_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    token text NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE ONLY public.invoice_tokens FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.invoice_tokens
    ADD CONSTRAINT pk_invoice_tokens PRIMARY KEY (invoice_id, token);
CREATE INDEX ix_invoice_tokens_org_id_token ON public.invoice_tokens USING btree (org_id, token, invoice_id);
CREATE INDEX ix_invoice_tokens_token ON public.invoice_tokens USING btree (token, invoice_id);
ALTER TABLE public.invoice_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.invoice_tokens AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.invoice_tokens USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.invoice_tokens TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE ON TABLE public.invoice_tokens TO capecontrol_system;
GRANT SELECT,INSERT,DELETE ON TABLE public.invoice_tokens TO capecontrol_runtime;

CREATE TABLE public.invoices (
    project_id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    payment_id uuid,
    number text NOT NULL,
    year integer NOT NULL,
    sequence integer NOT NULL,
    title text NOT NULL,
    status text NOT NULL,
    currency text NOT NULL,
    subtotal bigint NOT NULL,
    tax bigint NOT NULL,
    total bigint NOT NULL,
    line_items jsonb NOT NULL,
    seller jsonb NOT NULL,
    buyer jsonb NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    paid_at timestamp with time zone,
    pdf_key text,
    pdf_sha256 text,
    id uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    org_id uuid NOT NULL,
    CONSTRAINT ck_invoices_status CHECK ((status = ANY (ARRAY['ISSUED'::text, 'PAID'::text, 'VOID'::text]))),
    CONSTRAINT ck_invoices_sums CHECK (((subtotal + tax) = total))
);
ALTER TABLE ONLY public.invoices FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT pk_invoices PRIMARY KEY (id);
ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT uq_invoices_org_id_id UNIQUE (org_id, id);
CREATE INDEX ix_invoices_created_at_id ON public.invoices USING btree (created_at, id);
CREATE INDEX ix_invoices_issued_at_id ON public.invoices USING btree (issued_at, id);
CREATE INDEX ix_invoices_org_id_created_at_id ON public.invoices USING btree (org_id, created_at, id);
CREATE INDEX ix_invoices_org_id_issued_at_id ON public.invoices USING btree (org_id, issued_at, id);
CREATE INDEX ix_invoices_org_id_total_id ON public.invoices USING btree (org_id, total, id);
CREATE INDEX ix_invoices_org_id_year_sequence_id ON public.invoices USING btree (org_id, year, sequence, id);
CREATE INDEX ix_invoices_project_id_created_at_id ON public.invoices USING btree (project_id, created_at, id);
CREATE INDEX ix_invoices_proposal_id_created_at ON public.invoices USING btree (proposal_id, created_at);
CREATE INDEX ix_invoices_status_created_at_id ON public.invoices USING btree (status, created_at, id);
CREATE INDEX ix_invoices_total_id ON public.invoices USING btree (total, id);
CREATE UNIQUE INDEX uq_invoices_org_id_payment_id ON public.invoices USING btree (org_id, payment_id);
CREATE UNIQUE INDEX uq_invoices_year_sequence ON public.invoices USING btree (year, sequence);
CREATE TRIGGER invoices_tokens AFTER INSERT OR UPDATE OF number, title ON public.invoices FOR EACH ROW EXECUTE FUNCTION app.keep_invoice_tokens();
ALTER TABLE public.invoices ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.invoices AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.invoices USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.invoices TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,UPDATE ON TABLE public.invoices TO capecontrol_runtime;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invoices TO capecontrol_system;

CREATE TABLE public.key_fingerprints (
    fingerprint text NOT NULL,
    kind text NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_key_fingerprints_kind CHECK ((kind = ANY (ARRAY['ENCRYPTION_KEY'::text, 'SECRET_KEY'::text])))
);
ALTER TABLE ONLY public.key_fingerprints FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.key_fingerprints
    ADD CONSTRAINT pk_key_fingerprints PRIMARY KEY (fingerprint);
ALTER TABLE public.key_fingerprints ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON public.key_fingerprints USING ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL)) WITH CHECK ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL));
CREATE POLICY system ON public.key_fingerprints TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT ON TABLE public.key_fingerprints TO capecontrol_system;

CREATE TABLE public.login_attempts (
    email text NOT NULL,
    ip_address text,
    succeeded boolean NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    session_id uuid
);
ALTER TABLE ONLY public.login_attempts FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.login_attempts
    ADD CONSTRAINT pk_login_attempts PRIMARY KEY (id);
CREATE INDEX ix_login_attempts_created_at ON public.login_attempts USING btree (created_at);
CREATE INDEX ix_login_attempts_email_created_at ON public.login_attempts USING btree (email, created_at);
CREATE INDEX ix_login_attempts_session_id_created_at ON public.login_attempts USING btree (session_id, created_at) WHERE (session_id IS NOT NULL);
ALTER TABLE public.login_attempts ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON public.login_attempts USING ((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL)) WITH CHECK ((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL));
CREATE POLICY signin ON public.login_attempts TO capecontrol_signin USING (true) WITH CHECK (true);
CREATE POLICY system ON public.login_attempts TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.login_attempts TO capecontrol_signin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.login_attempts TO capecontrol_system;

CREATE TABLE public.mail_allowances (
    mailbox text NOT NULL,
    mailed_at timestamp with time zone[] NOT NULL,
    last_mailed_at timestamp with time zone NOT NULL,
    id uuid NOT NULL
);
ALTER TABLE ONLY public.mail_allowances FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.mail_allowances
    ADD CONSTRAINT pk_mail_allowances PRIMARY KEY (id);
CREATE INDEX ix_mail_allowances_last_mailed_at ON public.mail_allowances USING btree (last_mailed_at);
CREATE UNIQUE INDEX uq_mail_allowances_mailbox ON public.mail_allowances USING btree (mailbox);
ALTER TABLE public.mail_allowances ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON public.mail_allowances USING ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL)) WITH CHECK ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL));
CREATE POLICY system ON public.mail_allowances TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mail_allowances TO capecontrol_system;

CREATE TABLE public.migration_evidence (
    migrated_at timestamp with time zone DEFAULT now() NOT NULL,
    actor text NOT NULL,
    environment text NOT NULL,
    from_revision text,
    to_revision text,
    approval text,
    id uuid NOT NULL
);
ALTER TABLE ONLY public.migration_evidence FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.migration_evidence
    ADD CONSTRAINT pk_migration_evidence PRIMARY KEY (id);
ALTER TABLE public.migration_evidence ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON public.migration_evidence USING ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL)) WITH CHECK ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL));
CREATE POLICY system ON public.migration_evidence TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT ON TABLE public.migration_evidence TO capecontrol_system;

CREATE TABLE public.n8n_environments (
    name text NOT NULL,
    base_url text NOT NULL,
    api_key_sealed text NOT NULL,
    is_active boolean NOT NULL,
    version text,
    checked_at timestamp with time zone,
    check_failure text,
    id uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.n8n_environments FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.n8n_environments
    ADD CONSTRAINT pk_n8n_environments PRIMARY KEY (id);
ALTER TABLE ONLY public.n8n_environments
    ADD CONSTRAINT uq_n8n_environments_name UNIQUE (name);
ALTER TABLE public.n8n_environments ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON public.n8n_environments USING ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL)) WITH CHECK ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL));
CREATE POLICY system ON public.n8n_environments TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.n8n_environments TO capecontrol_system;

CREATE TABLE public.number_series (
    kind text NOT NULL,
    year integer NOT NULL,
    next_value integer NOT NULL
);
ALTER TABLE ONLY public.number_series FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.number_series
    ADD CONSTRAINT pk_number_series PRIMARY KEY (kind, year);
ALTER TABLE public.number_series ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON public.number_series USING ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL)) WITH CHECK ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL));
CREATE POLICY system ON public.number_series TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.number_series TO capecontrol_system;

CREATE TABLE public.onboarding_profiles (
    user_id uuid NOT NULL,
    job_title text,
    timezone text,
    goals text,
    completed_at timestamp with time zone,
    id uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    org_id uuid NOT NULL
);
ALTER TABLE ONLY public.onboarding_profiles FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.onboarding_profiles
    ADD CONSTRAINT pk_onboarding_profiles PRIMARY KEY (id);
ALTER TABLE ONLY public.onboarding_profiles
    ADD CONSTRAINT uq_onboarding_profiles_org_id_user_id UNIQUE (org_id, user_id);
ALTER TABLE public.onboarding_profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.onboarding_profiles AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.onboarding_profiles USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.onboarding_profiles TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,UPDATE ON TABLE public.onboarding_profiles TO capecontrol_runtime;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.onboarding_profiles TO capecontrol_system;

CREATE TABLE public.onboarding_steps (
    user_id uuid NOT NULL,
    step text NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    org_id uuid NOT NULL,
    CONSTRAINT ck_onboarding_steps_step CHECK ((step = ANY (ARRAY['welcome'::text, 'profile'::text, 'checklist'::text, 'guide'::text])))
);
ALTER TABLE ONLY public.onboarding_steps FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.onboarding_steps
    ADD CONSTRAINT pk_onboarding_steps PRIMARY KEY (id);
ALTER TABLE ONLY public.onboarding_steps
    ADD CONSTRAINT uq_onboarding_steps_org_id_user_id_step UNIQUE (org_id, user_id, step);
ALTER TABLE public.onboarding_steps ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.onboarding_steps AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.onboarding_steps USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.onboarding_steps TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT ON TABLE public.onboarding_steps TO capecontrol_runtime;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.onboarding_steps TO capecontrol_system;

CREATE TABLE public.one_time_tokens (
    org_id uuid,
    user_id uuid NOT NULL,
    purpose text NOT NULL,
    token_hash text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.one_time_tokens FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT pk_one_time_tokens PRIMARY KEY (id);
CREATE INDEX ix_one_time_tokens_expires_at ON public.one_time_tokens USING btree (expires_at);
CREATE INDEX ix_one_time_tokens_org_id ON public.one_time_tokens USING btree (org_id);
CREATE INDEX ix_one_time_tokens_user_id ON public.one_time_tokens USING btree (user_id);
CREATE UNIQUE INDEX uq_one_time_tokens_token_hash ON public.one_time_tokens USING btree (token_hash);
ALTER TABLE public.one_time_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.one_time_tokens AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.one_time_tokens USING (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY signin ON public.one_time_tokens TO capecontrol_signin USING (true) WITH CHECK (true);
CREATE POLICY system ON public.one_time_tokens TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,UPDATE ON TABLE public.one_time_tokens TO capecontrol_runtime;
GRANT SELECT ON TABLE public.one_time_tokens TO capecontrol_signin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.one_time_tokens TO capecontrol_system;

CREATE TABLE public.organization_tokens (
    org_id uuid NOT NULL,
    token text NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE ONLY public.organization_tokens FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.organization_tokens
    ADD CONSTRAINT pk_organization_tokens PRIMARY KEY (org_id, token);
CREATE INDEX ix_organization_tokens_token ON public.organization_tokens USING btree (token, org_id);
ALTER TABLE public.organization_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.organization_tokens AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.organization_tokens USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.organization_tokens TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE ON TABLE public.organization_tokens TO capecontrol_system;
GRANT SELECT,INSERT,DELETE ON TABLE public.organization_tokens TO capecontrol_runtime;

CREATE TABLE public.organizations (
    name text NOT NULL,
    domain text NOT NULL,
    plan text NOT NULL,
    status text NOT NULL,
    settings jsonb NOT NULL,
    stripe_customer_id text,
    id uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_organizations_plan CHECK ((plan = ANY (ARRAY['FREE'::text, 'PRO'::text, 'ENTERPRISE'::text]))),
    CONSTRAINT ck_organizations_status CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'SUSPENDED'::text])))
);
ALTER TABLE ONLY public.organizations FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT pk_organizations PRIMARY KEY (id);
CREATE INDEX ix_organizations_created_at_id ON public.organizations USING btree (created_at, id);
CREATE INDEX ix_organizations_name_id ON public.organizations USING btree (lower((name COLLATE "C")), id);
CREATE UNIQUE INDEX uq_organizations_domain ON public.organizations USING btree (domain);
CREATE UNIQUE INDEX uq_organizations_name ON public.organizations USING btree (lower(name));
CREATE TRIGGER organizations_tokens AFTER INSERT OR UPDATE OF name, domain ON public.organizations FOR EACH ROW EXECUTE FUNCTION app.keep_organization_tokens();
ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.organizations AS RESTRICTIVE TO capecontrol_runtime USING ((id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.organizations USING (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY signin ON public.organizations TO capecontrol_signin USING (true) WITH CHECK (true);
CREATE POLICY system ON public.organizations TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,UPDATE ON TABLE public.organizations TO capecontrol_runtime;
GRANT SELECT ON TABLE public.organizations TO capecontrol_signin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.organizations TO capecontrol_system;

CREATE TABLE public.outbox (
    org_id uuid,
    topic text NOT NULL,
    consumer text NOT NULL,
    payload jsonb NOT NULL,
    request_id text,
    available_at timestamp with time zone DEFAULT now() NOT NULL,
    enqueued_at timestamp with time zone,
    lease_until timestamp with time zone,
    lease_token uuid,
    attempts integer DEFAULT 0 NOT NULL,
    last_error text,
    done_at timestamp with time zone,
    dead_at timestamp with time zone,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    lane text DEFAULT 'default'::text NOT NULL,
    seen_at timestamp with time zone
);
ALTER TABLE ONLY public.outbox FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
CREATE INDEX ix_outbox_dead ON public.outbox USING btree (dead_at) WHERE (dead_at IS NOT NULL);
CREATE INDEX ix_outbox_due ON public.outbox USING btree (available_at) WHERE ((done_at IS NULL) AND (dead_at IS NULL));
CREATE INDEX ix_outbox_lane ON public.outbox USING btree (lane, available_at) WHERE ((done_at IS NULL) AND (dead_at IS NULL));
CREATE INDEX ix_outbox_org_id ON public.outbox USING btree (org_id);
CREATE INDEX ix_outbox_seen ON public.outbox USING btree (seen_at) WHERE (seen_at IS NOT NULL);
CREATE INDEX ix_outbox_slots ON public.outbox USING btree (consumer, done_at) WHERE (topic = 'schedule.slot_due.v1'::text);
CREATE TRIGGER outbox_notify AFTER INSERT ON public.outbox FOR EACH STATEMENT EXECUTE FUNCTION app.notify_outbox();
ALTER TABLE public.outbox ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.outbox AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.outbox USING (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY signin ON public.outbox TO capecontrol_signin USING (true) WITH CHECK (true);
CREATE POLICY system ON public.outbox TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,UPDATE ON TABLE public.outbox TO capecontrol_runtime;
GRANT SELECT,INSERT ON TABLE public.outbox TO capecontrol_signin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outbox TO capecontrol_system;

CREATE TABLE public.payment_intents (
    proposal_id uuid NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    status text NOT NULL,
    checkout_session_id text,
    checkout_url text,
    expires_at timestamp with time zone,
    checked_at timestamp with time zone,
    created_by uuid NOT NULL,
    id uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    org_id uuid NOT NULL,
    confirmed_at timestamp with time zone,
    CONSTRAINT ck_payment_intents_amount CHECK ((amount > 0)),
    CONSTRAINT ck_payment_intents_status CHECK ((status = ANY (ARRAY['CREATED'::text, 'CHECKOUT_OPEN'::text, 'PROCESSING'::text, 'SUCCEEDED'::text, 'FAILED'::text, 'EXPIRED'::text, 'CANCELLED'::text])))
);
ALTER TABLE ONLY public.payment_intents FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.payment_intents
    ADD CONSTRAINT pk_payment_intents PRIMARY KEY (id);
ALTER TABLE ONLY public.payment_intents
    ADD CONSTRAINT uq_payment_intents_org_id_id UNIQUE (org_id, id);
CREATE INDEX ix_payment_intents_org_id_proposal_id ON public.payment_intents USING btree (org_id, proposal_id);
CREATE INDEX ix_payment_intents_unsettled ON public.payment_intents USING btree (checked_at) WHERE ((status = ANY (ARRAY['CHECKOUT_OPEN'::text, 'PROCESSING'::text])) OR ((status = 'EXPIRED'::text) AND (checkout_session_id IS NOT NULL) AND (confirmed_at IS NULL)));
CREATE UNIQUE INDEX uq_payment_intents_checkout_session_id ON public.payment_intents USING btree (checkout_session_id);
CREATE UNIQUE INDEX uq_payment_intents_open ON public.payment_intents USING btree (org_id, proposal_id) WHERE (status = ANY (ARRAY['CREATED'::text, 'CHECKOUT_OPEN'::text, 'PROCESSING'::text]));
CREATE UNIQUE INDEX uq_payment_intents_succeeded ON public.payment_intents USING btree (org_id, proposal_id) WHERE (status = 'SUCCEEDED'::text);
CREATE TRIGGER payment_intents_paid AFTER INSERT OR UPDATE OF status ON public.payment_intents FOR EACH ROW WHEN ((new.status = 'SUCCEEDED'::text)) EXECUTE FUNCTION app.keep_paid();
ALTER TABLE public.payment_intents ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.payment_intents AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.payment_intents USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.payment_intents TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,UPDATE ON TABLE public.payment_intents TO capecontrol_runtime;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.payment_intents TO capecontrol_system;

CREATE TABLE public.payments (
    payment_intent_id uuid NOT NULL,
    provider_payment_id text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    status text NOT NULL,
    note text,
    received_at timestamp with time zone NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    org_id uuid NOT NULL,
    CONSTRAINT ck_payments_amount CHECK ((amount > 0)),
    CONSTRAINT ck_payments_status CHECK ((status = ANY (ARRAY['APPLIED'::text, 'UNAPPLIED'::text])))
);
ALTER TABLE ONLY public.payments FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.payments
    ADD CONSTRAINT pk_payments PRIMARY KEY (id);
ALTER TABLE ONLY public.payments
    ADD CONSTRAINT uq_payments_org_id_id UNIQUE (org_id, id);
CREATE INDEX ix_payments_amount_id ON public.payments USING btree (amount, id);
CREATE INDEX ix_payments_org_id_amount_id ON public.payments USING btree (org_id, amount, id);
CREATE INDEX ix_payments_org_id_received_at_id ON public.payments USING btree (org_id, received_at, id) INCLUDE (status, currency, amount);
CREATE INDEX ix_payments_received_at_id ON public.payments USING btree (received_at, id) INCLUDE (status, currency, amount);
CREATE INDEX ix_payments_unapplied ON public.payments USING btree (received_at, id) WHERE (status = 'UNAPPLIED'::text);
CREATE UNIQUE INDEX uq_payments_provider_payment_id ON public.payments USING btree (provider_payment_id);
ALTER TABLE public.payments ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.payments AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.payments USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.payments TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT ON TABLE public.payments TO capecontrol_runtime;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.payments TO capecontrol_system;

CREATE TABLE public.project_tokens (
    org_id uuid NOT NULL,
    project_id uuid NOT NULL,
    token text NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE ONLY public.project_tokens FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.project_tokens
    ADD CONSTRAINT pk_project_tokens PRIMARY KEY (project_id, token);
CREATE INDEX ix_project_tokens_org_id_token ON public.project_tokens USING btree (org_id, token, project_id);
CREATE INDEX ix_project_tokens_token ON public.project_tokens USING btree (token, project_id);
ALTER TABLE public.project_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.project_tokens AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.project_tokens USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.project_tokens TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE ON TABLE public.project_tokens TO capecontrol_system;
GRANT SELECT,INSERT,DELETE ON TABLE public.project_tokens TO capecontrol_runtime;

CREATE TABLE public.projects (
    code text NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    status text NOT NULL,
    previous_status text,
    created_by uuid,
    revision integer NOT NULL,
    id uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    org_id uuid NOT NULL,
    proposal_status text,
    proposal_valid_until timestamp with time zone,
    CONSTRAINT ck_projects_proposal_status CHECK ((proposal_status = ANY (ARRAY['SENT'::text, 'APPROVED'::text, 'CHANGES_REQUESTED'::text, 'DECLINED'::text, 'EXPIRED'::text]))),
    CONSTRAINT ck_projects_status CHECK ((status = ANY (ARRAY['DRAFT'::text, 'PROPOSED'::text, 'APPROVED'::text, 'IN_PROGRESS'::text, 'COMPLETED'::text, 'ARCHIVED'::text])))
)
WITH (autovacuum_vacuum_scale_factor='0.02');
ALTER TABLE ONLY public.projects FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.projects
    ADD CONSTRAINT pk_projects PRIMARY KEY (id);
ALTER TABLE ONLY public.projects
    ADD CONSTRAINT uq_projects_org_id_id UNIQUE (org_id, id);
CREATE INDEX ix_projects_code_order_id ON public.projects USING btree ((("left"((code COLLATE "C"), 9) || lpad(substr(code, 10), 9, '0'::text))), id);
CREATE INDEX ix_projects_created_at_id ON public.projects USING btree (created_at, id);
CREATE INDEX ix_projects_org_id_code_order_id ON public.projects USING btree (org_id, (("left"((code COLLATE "C"), 9) || lpad(substr(code, 10), 9, '0'::text))), id);
CREATE INDEX ix_projects_org_id_created_at_id ON public.projects USING btree (org_id, created_at, id);
CREATE INDEX ix_projects_org_id_title_id ON public.projects USING btree (org_id, lower((title COLLATE "C")), id);
CREATE INDEX ix_projects_org_id_updated_at_id ON public.projects USING btree (org_id, updated_at, id);
CREATE INDEX ix_projects_status_created_at_id ON public.projects USING btree (status, created_at, id);
CREATE INDEX ix_projects_title_id ON public.projects USING btree (lower((title COLLATE "C")), id);
CREATE INDEX ix_projects_underway ON public.projects USING btree (org_id, updated_at, id) WHERE (status <> ALL (ARRAY['COMPLETED'::text, 'ARCHIVED'::text]));
CREATE INDEX ix_projects_updated_at_id ON public.projects USING btree (updated_at, id);
CREATE UNIQUE INDEX uq_projects_code ON public.projects USING btree (code);
CREATE TRIGGER projects_archived AFTER UPDATE OF status ON public.projects FOR EACH ROW WHEN (((old.status = 'ARCHIVED'::text) <> (new.status = 'ARCHIVED'::text))) EXECUTE FUNCTION app.close_proposals();
CREATE TRIGGER projects_tokens AFTER INSERT OR UPDATE OF code, title ON public.projects FOR EACH ROW EXECUTE FUNCTION app.keep_project_tokens();
ALTER TABLE public.projects ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.projects AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.projects USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.projects TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,UPDATE ON TABLE public.projects TO capecontrol_runtime;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.projects TO capecontrol_system;

CREATE TABLE public.proposal_tokens (
    org_id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    token text NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE ONLY public.proposal_tokens FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.proposal_tokens
    ADD CONSTRAINT pk_proposal_tokens PRIMARY KEY (proposal_id, token);
CREATE INDEX ix_proposal_tokens_org_id_token ON public.proposal_tokens USING btree (org_id, token, proposal_id);
CREATE INDEX ix_proposal_tokens_token ON public.proposal_tokens USING btree (token, proposal_id);
ALTER TABLE public.proposal_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.proposal_tokens AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.proposal_tokens USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.proposal_tokens TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE ON TABLE public.proposal_tokens TO capecontrol_system;
GRANT SELECT,INSERT,DELETE ON TABLE public.proposal_tokens TO capecontrol_runtime;

CREATE TABLE public.proposals (
    project_id uuid NOT NULL,
    version integer NOT NULL,
    status text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    terms text NOT NULL,
    line_items jsonb NOT NULL,
    currency text NOT NULL,
    tax_inclusive boolean NOT NULL,
    tax_rule text NOT NULL,
    subtotal bigint NOT NULL,
    tax bigint NOT NULL,
    total bigint NOT NULL,
    deposit bigint,
    valid_until timestamp with time zone,
    created_by uuid,
    revision integer NOT NULL,
    parties jsonb,
    content_hash text,
    sent_at timestamp with time zone,
    viewing_token_hash text,
    pdf_key text,
    decided_at timestamp with time zone,
    decided_by uuid,
    decided_name text,
    decision_note text,
    id uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    org_id uuid NOT NULL,
    sent_by uuid,
    decided_by_name text,
    paid_at timestamp with time zone,
    dismissed_at timestamp with time zone,
    client_dismissed_at timestamp with time zone,
    viewing_token_sealed text,
    pdf_sha256 text,
    undelivered jsonb DEFAULT '{}'::jsonb NOT NULL,
    payment_progress text,
    payment_progress_at timestamp with time zone,
    is_closed boolean DEFAULT false NOT NULL,
    CONSTRAINT ck_proposals_deposit CHECK (((deposit IS NULL) OR ((deposit >= 0) AND (deposit <= total)))),
    CONSTRAINT ck_proposals_payment_progress CHECK ((payment_progress = ANY (ARRAY['PROCESSING'::text, 'IN_REVIEW'::text, 'FAILED'::text, 'UNCONFIRMED'::text]))),
    CONSTRAINT ck_proposals_sent_is_frozen CHECK (((status = 'DRAFT'::text) OR ((content_hash IS NOT NULL) AND (sent_at IS NOT NULL) AND (valid_until IS NOT NULL)))),
    CONSTRAINT ck_proposals_status CHECK ((status = ANY (ARRAY['DRAFT'::text, 'SENT'::text, 'APPROVED'::text, 'CHANGES_REQUESTED'::text, 'DECLINED'::text, 'EXPIRED'::text, 'SUPERSEDED'::text]))),
    CONSTRAINT ck_proposals_total CHECK ((((subtotal + tax) = total) AND (subtotal >= 0) AND (tax >= 0)))
)
WITH (autovacuum_vacuum_scale_factor='0.02');
ALTER TABLE ONLY public.proposals FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT pk_proposals PRIMARY KEY (id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT uq_proposals_org_id_id UNIQUE (org_id, id);
CREATE INDEX ix_proposals_changes_requested ON public.proposals USING btree (updated_at, id) WHERE ((status = 'CHANGES_REQUESTED'::text) AND (dismissed_at IS NULL));
CREATE INDEX ix_proposals_created_at_id ON public.proposals USING btree (created_at, id);
CREATE INDEX ix_proposals_end_id ON public.proposals USING btree (COALESCE(valid_until, '9999-12-31 00:00:00+00'::timestamp with time zone), id);
CREATE INDEX ix_proposals_ended ON public.proposals USING btree (updated_at, id) WHERE ((status = ANY (ARRAY['DECLINED'::text, 'EXPIRED'::text])) AND (dismissed_at IS NULL));
CREATE INDEX ix_proposals_org_id_created_at_id ON public.proposals USING btree (org_id, created_at, id);
CREATE INDEX ix_proposals_org_id_end_id ON public.proposals USING btree (org_id, COALESCE(valid_until, '9999-12-31 00:00:00+00'::timestamp with time zone), id);
CREATE INDEX ix_proposals_org_id_status_updated_at_id ON public.proposals USING btree (org_id, status, updated_at, id);
CREATE INDEX ix_proposals_org_id_title_id ON public.proposals USING btree (org_id, lower((title COLLATE "C")), id);
CREATE INDEX ix_proposals_org_id_total_id ON public.proposals USING btree (org_id, total, id);
CREATE INDEX ix_proposals_org_id_updated_at_id ON public.proposals USING btree (org_id, updated_at, id);
CREATE INDEX ix_proposals_payment_lost ON public.proposals USING btree (payment_progress_at, id) WHERE ((payment_progress = ANY (ARRAY['FAILED'::text, 'UNCONFIRMED'::text])) AND (paid_at IS NULL));
CREATE INDEX ix_proposals_payment_processing ON public.proposals USING btree (payment_progress_at, id) WHERE ((payment_progress = 'PROCESSING'::text) AND (paid_at IS NULL));
CREATE INDEX ix_proposals_project_id_created_at_id ON public.proposals USING btree (project_id, created_at, id);
CREATE INDEX ix_proposals_sent ON public.proposals USING btree (valid_until) INCLUDE (currency, total) WHERE ((status = 'SENT'::text) AND (NOT is_closed));
CREATE INDEX ix_proposals_status_created_at_id ON public.proposals USING btree (status, created_at, id);
CREATE INDEX ix_proposals_title_id ON public.proposals USING btree (lower((title COLLATE "C")), id);
CREATE INDEX ix_proposals_to_pay ON public.proposals USING btree (org_id, updated_at, id) INCLUDE (currency, total) WHERE ((status = 'APPROVED'::text) AND (paid_at IS NULL) AND (NOT is_closed));
CREATE INDEX ix_proposals_total_id ON public.proposals USING btree (total, id);
CREATE INDEX ix_proposals_undelivered ON public.proposals USING btree (updated_at, id) WHERE ((status = 'SENT'::text) AND (undelivered <> '{}'::jsonb));
CREATE INDEX ix_proposals_updated_at_id ON public.proposals USING btree (updated_at, id);
CREATE UNIQUE INDEX uq_proposals_active ON public.proposals USING btree (org_id, project_id) WHERE (status = ANY (ARRAY['DRAFT'::text, 'SENT'::text, 'APPROVED'::text]));
CREATE UNIQUE INDEX uq_proposals_org_id_project_id_version ON public.proposals USING btree (org_id, project_id, version);
CREATE UNIQUE INDEX uq_proposals_viewing_token_hash ON public.proposals USING btree (viewing_token_hash);
CREATE TRIGGER proposals_tokens AFTER INSERT OR UPDATE OF title ON public.proposals FOR EACH ROW EXECUTE FUNCTION app.keep_proposal_tokens();
ALTER TABLE public.proposals ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.proposals AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.proposals USING (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY signin ON public.proposals TO capecontrol_signin USING (true) WITH CHECK (true);
CREATE POLICY system ON public.proposals TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,UPDATE ON TABLE public.proposals TO capecontrol_runtime;
GRANT SELECT ON TABLE public.proposals TO capecontrol_signin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.proposals TO capecontrol_system;

CREATE TABLE public.provider_customers (
    provider text NOT NULL,
    customer_id text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    org_id uuid NOT NULL
);
ALTER TABLE ONLY public.provider_customers FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.provider_customers
    ADD CONSTRAINT pk_provider_customers PRIMARY KEY (org_id, provider);
CREATE UNIQUE INDEX uq_provider_customers_provider_customer_id ON public.provider_customers USING btree (provider, customer_id);
ALTER TABLE public.provider_customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.provider_customers AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.provider_customers USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.provider_customers TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT ON TABLE public.provider_customers TO capecontrol_runtime;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.provider_customers TO capecontrol_system;

CREATE TABLE public.refresh_tokens (
    org_id uuid,
    session_id uuid NOT NULL,
    token_hash text NOT NULL,
    used_at timestamp with time zone,
    successor_id uuid,
    successor text,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.refresh_tokens FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT pk_refresh_tokens PRIMARY KEY (id);
CREATE INDEX ix_refresh_tokens_org_id ON public.refresh_tokens USING btree (org_id);
CREATE INDEX ix_refresh_tokens_session_id ON public.refresh_tokens USING btree (session_id);
CREATE UNIQUE INDEX uq_refresh_tokens_token_hash ON public.refresh_tokens USING btree (token_hash);
ALTER TABLE public.refresh_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY runtime ON public.refresh_tokens AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.refresh_tokens USING (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY signin ON public.refresh_tokens TO capecontrol_signin USING (true) WITH CHECK (true);
CREATE POLICY system ON public.refresh_tokens TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,UPDATE ON TABLE public.refresh_tokens TO capecontrol_runtime;
GRANT SELECT ON TABLE public.refresh_tokens TO capecontrol_signin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.refresh_tokens TO capecontrol_system;

CREATE TABLE public.schedule_slots (
    job text NOT NULL,
    slot bigint NOT NULL
);
ALTER TABLE ONLY public.schedule_slots FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.schedule_slots
    ADD CONSTRAINT pk_schedule_slots PRIMARY KEY (job, slot);
ALTER TABLE public.schedule_slots ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON public.schedule_slots USING ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL)) WITH CHECK ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL));
CREATE POLICY system ON public.schedule_slots TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.schedule_slots TO capecontrol_system;

CREATE TABLE public.secret_keys (
    id text NOT NULL,
    ring text NOT NULL,
    sealed text,
    sealed_by text,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    used_from timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT ck_secret_keys_retired_is_empty CHECK (((sealed IS NULL) = (retired_at IS NOT NULL))),
    CONSTRAINT ck_secret_keys_ring CHECK ((ring = ANY (ARRAY['tokens'::text, 'csrf'::text, 'pepper'::text, 'sealing'::text]))),
    CONSTRAINT ck_secret_keys_sealed_by CHECK (((sealed IS NULL) = (sealed_by IS NULL)))
);
ALTER TABLE ONLY public.secret_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.secret_keys
    ADD CONSTRAINT pk_secret_keys PRIMARY KEY (id);
CREATE POLICY scope ON public.secret_keys USING ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL)) WITH CHECK ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL));
ALTER TABLE public.secret_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY system ON public.secret_keys TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,UPDATE ON TABLE public.secret_keys TO capecontrol_system;

CREATE TABLE public.sessions (
    org_id uuid,
    user_id uuid NOT NULL,
    device text,
    ip_address text,
    is_remembered boolean NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revoked_reason text,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone
);
ALTER TABLE ONLY public.sessions FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT pk_sessions PRIMARY KEY (id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT uq_sessions_org_id_id UNIQUE (org_id, id);
CREATE INDEX ix_sessions_ended_at ON public.sessions USING btree (LEAST(revoked_at, expires_at));
CREATE INDEX ix_sessions_org_id_user_id ON public.sessions USING btree (org_id, user_id);
CREATE INDEX ix_sessions_user_id ON public.sessions USING btree (user_id);
CREATE POLICY runtime ON public.sessions AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.sessions USING (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY signin ON public.sessions TO capecontrol_signin USING (true) WITH CHECK (true);
CREATE POLICY system ON public.sessions TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,UPDATE ON TABLE public.sessions TO capecontrol_runtime;
GRANT SELECT ON TABLE public.sessions TO capecontrol_signin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO capecontrol_system;

CREATE TABLE public.stripe_events (
    external_id text NOT NULL,
    type text NOT NULL,
    object_id text NOT NULL,
    payload bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    handled_at timestamp with time zone,
    id uuid NOT NULL
);
ALTER TABLE ONLY public.stripe_events FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.stripe_events
    ADD CONSTRAINT pk_stripe_events PRIMARY KEY (id);
CREATE INDEX ix_stripe_events_unhandled ON public.stripe_events USING btree (received_at) WHERE (handled_at IS NULL);
CREATE UNIQUE INDEX uq_stripe_events_external_id ON public.stripe_events USING btree (external_id);
CREATE POLICY scope ON public.stripe_events USING ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL)) WITH CHECK ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL));
ALTER TABLE public.stripe_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY system ON public.stripe_events TO capecontrol_system USING (true) WITH CHECK (true);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stripe_events TO capecontrol_system;

CREATE TABLE public.tax_rates (
    name text NOT NULL,
    rate numeric(5,2) NOT NULL,
    valid_from date NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    valid_until date,
    CONSTRAINT ck_tax_rates_rate CHECK (((rate >= (0)::numeric) AND (rate <= (100)::numeric))),
    CONSTRAINT ck_tax_rates_valid_until CHECK ((valid_until >= valid_from))
);
ALTER TABLE ONLY public.tax_rates FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.tax_rates
    ADD CONSTRAINT pk_tax_rates PRIMARY KEY (id);
ALTER TABLE ONLY public.tax_rates
    ADD CONSTRAINT uq_tax_rates_name_valid_from UNIQUE (name, valid_from);
CREATE POLICY scope ON public.tax_rates USING ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL)) WITH CHECK ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL));
CREATE POLICY system ON public.tax_rates TO capecontrol_system USING (true) WITH CHECK (true);
ALTER TABLE public.tax_rates ENABLE ROW LEVEL SECURITY;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tax_rates TO capecontrol_system;

CREATE TABLE public.uploads (
    org_id uuid,
    storage_key text NOT NULL,
    media_type text NOT NULL,
    size integer NOT NULL,
    width integer,
    height integer,
    recorded_at timestamp with time zone,
    kept_until timestamp with time zone,
    removing_at timestamp with time zone,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.uploads FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT pk_uploads PRIMARY KEY (id);
CREATE INDEX ix_uploads_kept_until ON public.uploads USING btree (kept_until) WHERE (kept_until IS NOT NULL);
CREATE INDEX ix_uploads_org_id_created_at ON public.uploads USING btree (org_id, created_at);
CREATE UNIQUE INDEX uq_uploads_storage_key ON public.uploads USING btree (storage_key);
CREATE POLICY runtime ON public.uploads AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.uploads USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.uploads TO capecontrol_system USING (true) WITH CHECK (true);
ALTER TABLE public.uploads ENABLE ROW LEVEL SECURITY;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.uploads TO capecontrol_system;
GRANT SELECT,INSERT,UPDATE ON TABLE public.uploads TO capecontrol_runtime;

CREATE TABLE public.users (
    org_id uuid,
    email text NOT NULL,
    full_name text NOT NULL,
    password_hash text,
    role text NOT NULL,
    status text NOT NULL,
    email_verified_at timestamp with time zone,
    token_version integer DEFAULT 0 NOT NULL,
    id uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    timezone text,
    CONSTRAINT ck_users_role CHECK ((role = ANY (ARRAY['OPERATOR'::text, 'AUDITOR'::text, 'DEVELOPER'::text, 'OWNER'::text, 'ADMINISTRATOR'::text, 'USER'::text]))),
    CONSTRAINT ck_users_staff_have_no_organization CHECK (((org_id IS NULL) = (role = ANY (ARRAY['OPERATOR'::text, 'AUDITOR'::text, 'DEVELOPER'::text])))),
    CONSTRAINT ck_users_status CHECK ((status = ANY (ARRAY['INVITED'::text, 'ACTIVE'::text, 'DISABLED'::text])))
);
ALTER TABLE ONLY public.users FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.users
    ADD CONSTRAINT pk_users PRIMARY KEY (id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT uq_users_org_id_id UNIQUE (org_id, id);
CREATE INDEX ix_users_org_id_created_at ON public.users USING btree (org_id, created_at);
CREATE UNIQUE INDEX uq_users_email ON public.users USING btree (email);
CREATE POLICY runtime ON public.users AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.users USING (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY signin ON public.users TO capecontrol_signin USING (true) WITH CHECK (true);
CREATE POLICY system ON public.users TO capecontrol_system USING (true) WITH CHECK (true);
ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;
GRANT SELECT,INSERT,UPDATE ON TABLE public.users TO capecontrol_runtime;
GRANT SELECT ON TABLE public.users TO capecontrol_signin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users TO capecontrol_system;

CREATE TABLE public.workflow_instances (
    project_id uuid NOT NULL,
    template_id uuid NOT NULL,
    template_name text NOT NULL,
    template_version integer NOT NULL,
    environment_id uuid NOT NULL,
    status text NOT NULL,
    deployment integer NOT NULL,
    parameters json NOT NULL,
    secrets_sealed text,
    callback_secret_sealed text NOT NULL,
    webhook_path text NOT NULL,
    engine_workflow_id text,
    failure_reason text,
    deployed_at timestamp with time zone,
    created_by uuid,
    id uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    org_id uuid NOT NULL,
    still_runs_at text,
    CONSTRAINT ck_workflow_instances_status CHECK ((status = ANY (ARRAY['DEPLOYING'::text, 'ACTIVE'::text, 'PAUSED'::text, 'FAILED'::text, 'REMOVED'::text])))
);
ALTER TABLE ONLY public.workflow_instances FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.workflow_instances
    ADD CONSTRAINT pk_workflow_instances PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_instances
    ADD CONSTRAINT uq_workflow_instances_org_id_id UNIQUE (org_id, id);
CREATE INDEX ix_workflow_instances_created_at_id ON public.workflow_instances USING btree (created_at, id);
CREATE INDEX ix_workflow_instances_environment_id ON public.workflow_instances USING btree (environment_id);
CREATE INDEX ix_workflow_instances_left ON public.workflow_instances USING btree (updated_at, id) WHERE (still_runs_at IS NOT NULL);
CREATE INDEX ix_workflow_instances_name_id ON public.workflow_instances USING btree (lower((template_name COLLATE "C")), id);
CREATE INDEX ix_workflow_instances_org_id_created_at_id ON public.workflow_instances USING btree (org_id, created_at, id);
CREATE INDEX ix_workflow_instances_org_id_name_id ON public.workflow_instances USING btree (org_id, lower((template_name COLLATE "C")), id);
CREATE INDEX ix_workflow_instances_project_id ON public.workflow_instances USING btree (project_id);
CREATE INDEX ix_workflow_instances_status_created_at_id ON public.workflow_instances USING btree (status, created_at, id);
CREATE TRIGGER workflow_instances_tokens AFTER INSERT OR UPDATE OF template_name ON public.workflow_instances FOR EACH ROW EXECUTE FUNCTION app.keep_workflow_tokens();
CREATE POLICY runtime ON public.workflow_instances AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.workflow_instances USING (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = ANY (ARRAY['capecontrol_signin'::name, 'capecontrol_system'::name]))) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY signin ON public.workflow_instances TO capecontrol_signin USING (true) WITH CHECK (true);
CREATE POLICY system ON public.workflow_instances TO capecontrol_system USING (true) WITH CHECK (true);
ALTER TABLE public.workflow_instances ENABLE ROW LEVEL SECURITY;
GRANT SELECT,UPDATE ON TABLE public.workflow_instances TO capecontrol_runtime;
GRANT SELECT ON TABLE public.workflow_instances TO capecontrol_signin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.workflow_instances TO capecontrol_system;

CREATE TABLE public.workflow_templates (
    family_id uuid NOT NULL,
    version integer NOT NULL,
    is_current boolean NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    category text NOT NULL,
    definition json NOT NULL,
    sha256 text NOT NULL,
    parameters json NOT NULL,
    created_by uuid,
    id uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.workflow_templates FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.workflow_templates
    ADD CONSTRAINT pk_workflow_templates PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_templates
    ADD CONSTRAINT uq_workflow_templates_family_id_version UNIQUE (family_id, version);
CREATE INDEX ix_workflow_templates_is_current_created_at_id ON public.workflow_templates USING btree (is_current, created_at, id);
CREATE POLICY scope ON public.workflow_templates USING ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL)) WITH CHECK ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL));
CREATE POLICY system ON public.workflow_templates TO capecontrol_system USING (true) WITH CHECK (true);
ALTER TABLE public.workflow_templates ENABLE ROW LEVEL SECURITY;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.workflow_templates TO capecontrol_system;

CREATE TABLE public.workflow_tokens (
    org_id uuid NOT NULL,
    workflow_id uuid NOT NULL,
    token text NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE ONLY public.workflow_tokens FORCE ROW LEVEL SECURITY;
ALTER TABLE ONLY public.workflow_tokens
    ADD CONSTRAINT pk_workflow_tokens PRIMARY KEY (workflow_id, token);
CREATE INDEX ix_workflow_tokens_org_id_token ON public.workflow_tokens USING btree (org_id, token, workflow_id);
CREATE INDEX ix_workflow_tokens_token ON public.workflow_tokens USING btree (token, workflow_id);
CREATE POLICY runtime ON public.workflow_tokens AS RESTRICTIVE TO capecontrol_runtime USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));
CREATE POLICY scope ON public.workflow_tokens USING (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org))))) WITH CHECK (((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_system'::name)) IS NOT NULL) OR ((( SELECT 1
  WHERE (CURRENT_USER = 'capecontrol_runtime'::name)) IS NOT NULL) AND (org_id = ( SELECT app.current_org() AS current_org)))));
CREATE POLICY system ON public.workflow_tokens TO capecontrol_system USING (true) WITH CHECK (true);
ALTER TABLE public.workflow_tokens ENABLE ROW LEVEL SECURITY;
GRANT SELECT,INSERT,DELETE ON TABLE public.workflow_tokens TO capecontrol_system;
GRANT SELECT,INSERT,DELETE ON TABLE public.workflow_tokens TO capecontrol_runtime;

ALTER TABLE ONLY public.activity_entries
    ADD CONSTRAINT fk_activity_entries_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE public.audit_events
    ADD CONSTRAINT fk_audit_events_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.bulk_operations
    ADD CONSTRAINT fk_bulk_operations_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.bulk_selections
    ADD CONSTRAINT fk_bulk_selections_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.changes
    ADD CONSTRAINT fk_changes_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.executions
    ADD CONSTRAINT fk_executions_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.executions
    ADD CONSTRAINT fk_executions_org_id_workflow_id FOREIGN KEY (org_id, workflow_id) REFERENCES public.workflow_instances(org_id, id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT fk_idempotency_keys_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.inbound_events
    ADD CONSTRAINT fk_inbound_events_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.invoice_tokens
    ADD CONSTRAINT fk_invoice_tokens_org_id_invoice_id FOREIGN KEY (org_id, invoice_id) REFERENCES public.invoices(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT fk_invoices_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT fk_invoices_org_id_payment_id FOREIGN KEY (org_id, payment_id) REFERENCES public.payments(org_id, id);

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT fk_invoices_org_id_project_id FOREIGN KEY (org_id, project_id) REFERENCES public.projects(org_id, id);

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT fk_invoices_org_id_proposal_id FOREIGN KEY (org_id, proposal_id) REFERENCES public.proposals(org_id, id);

ALTER TABLE ONLY public.onboarding_profiles
    ADD CONSTRAINT fk_onboarding_profiles_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.onboarding_profiles
    ADD CONSTRAINT fk_onboarding_profiles_org_id_user_id FOREIGN KEY (org_id, user_id) REFERENCES public.users(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.onboarding_steps
    ADD CONSTRAINT fk_onboarding_steps_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.onboarding_steps
    ADD CONSTRAINT fk_onboarding_steps_org_id_user_id FOREIGN KEY (org_id, user_id) REFERENCES public.users(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT fk_one_time_tokens_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT fk_one_time_tokens_user_id FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.organization_tokens
    ADD CONSTRAINT fk_organization_tokens_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT fk_outbox_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.payment_intents
    ADD CONSTRAINT fk_payment_intents_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.payment_intents
    ADD CONSTRAINT fk_payment_intents_org_id_proposal_id FOREIGN KEY (org_id, proposal_id) REFERENCES public.proposals(org_id, id);

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT fk_payments_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT fk_payments_org_id_payment_intent_id FOREIGN KEY (org_id, payment_intent_id) REFERENCES public.payment_intents(org_id, id);

ALTER TABLE ONLY public.project_tokens
    ADD CONSTRAINT fk_project_tokens_org_id_project_id FOREIGN KEY (org_id, project_id) REFERENCES public.projects(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.projects
    ADD CONSTRAINT fk_projects_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.proposal_tokens
    ADD CONSTRAINT fk_proposal_tokens_org_id_proposal_id FOREIGN KEY (org_id, proposal_id) REFERENCES public.proposals(org_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT fk_proposals_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT fk_proposals_org_id_project_id FOREIGN KEY (org_id, project_id) REFERENCES public.projects(org_id, id);

ALTER TABLE ONLY public.provider_customers
    ADD CONSTRAINT fk_provider_customers_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT fk_refresh_tokens_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT fk_refresh_tokens_session_id FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT fk_sessions_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT fk_sessions_user_id FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT fk_uploads_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT fk_users_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.workflow_instances
    ADD CONSTRAINT fk_workflow_instances_environment_id FOREIGN KEY (environment_id) REFERENCES public.n8n_environments(id);

ALTER TABLE ONLY public.workflow_instances
    ADD CONSTRAINT fk_workflow_instances_org_id FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.workflow_instances
    ADD CONSTRAINT fk_workflow_instances_org_id_project_id FOREIGN KEY (org_id, project_id) REFERENCES public.projects(org_id, id);

ALTER TABLE ONLY public.workflow_instances
    ADD CONSTRAINT fk_workflow_instances_template_id FOREIGN KEY (template_id) REFERENCES public.workflow_templates(id);

ALTER TABLE ONLY public.workflow_tokens
    ADD CONSTRAINT fk_workflow_tokens_org_id_workflow_id FOREIGN KEY (org_id, workflow_id) REFERENCES public.workflow_instances(org_id, id) ON DELETE CASCADE;
