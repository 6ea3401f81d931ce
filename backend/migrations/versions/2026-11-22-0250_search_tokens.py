"""Tables of tokens beside what people search for: the words of titles, codes, numbers and names.

Revision: 20261122_0250, after 20261122_0242

Row-level security lets a role use an index only for what cannot tell what it saw. Comparing texts cannot; `ilike` and
full-text search may, and went through all that an organization has. A trigger keeps the tokens, whatever release writes.
What is there already gets its tokens by the next migration.
"""

from alembic import op

revision = "20261122_0250"
down_revision = "20261122_0242"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

# Each table with its tokens, the column that names the record, and the texts whose words they are.
SEARCHED = (
    ("projects", "project_tokens", "project_id", ("code", "title")),
    ("proposals", "proposal_tokens", "proposal_id", ("title",)),
    ("invoices", "invoice_tokens", "invoice_id", ("number", "title")),
    ("workflow_instances", "workflow_tokens", "workflow_id", ("template_name",)),
)
ORGANIZATIONS = ("organizations", "organization_tokens", "org_id", ("name", "domain"))

# Words without accents and case, each its parts joined by hyphens; what is no letter or digit ends a part. Beyond ASCII
# only known punctuation does: what else is a letter depends on how PostgreSQL was built.
SEARCH_WORDS = r"""
create function app.search_words(given text) returns text[] language plpgsql immutable parallel safe
set search_path = pg_catalog
as $$
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
$$
"""
SEARCH_TOKENS = r"""
create function app.search_tokens(variadic texts text[]) returns text[] language plpgsql immutable parallel safe
set search_path = pg_catalog
as $$
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
$$
"""
ASKED_WORDS = """
create function app.asked_words(given text) returns text[] language sql immutable parallel safe
set search_path = pg_catalog
as $$ select (app.search_words(given))[:8] $$
"""
LONGEST_WORD = """
create function app.longest_word(given text) returns text language sql immutable parallel safe
set search_path = pg_catalog
as $$ select (app.search_words(given))[1] $$
"""
KEEP_TOKENS = """
create function app.keep_{tokens}() returns trigger language plpgsql
set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'UPDATE' then
    if row({new}) is not distinct from row({old}) then
      return null;
    end if;
    delete from {tokens} where {record} = new.id;
  end if;
  insert into {tokens} ({columns})
  select {values}, token from unnest(app.search_tokens({new})) as token;
  return null;
end
$$
"""
FUNCTIONS = (
    "app.search_words(text)", "app.search_tokens(text[])", "app.asked_words(text)", "app.longest_word(text)",
)  # fmt: skip


def protect(table: str, *, owner: str | None, system: str, runtime: str = "", signin: str = "") -> None:
    """Turn on row-level security, grant each role its words, and let the runtime role see its organization's rows only.

    Args:
        table: its name.
        owner: the column that tells whose row it is (`org_id`), or None where no organization owns rows.
        system, runtime, signin: words of `select insert update delete`, as the model's `access` says.
    """
    run = op.get_bind().exec_driver_sql
    run(f"alter table {table} enable row level security")
    run(f"alter table {table} force row level security")
    words = {"signin": signin, "system": system} | ({} if owner else {"runtime": runtime})
    for_all = [name for name, granted in words.items() if granted]
    names = ", ".join(f"'capecontrol_{name}'" for name in for_all)
    # A role can drop the policies that name it alone: this one names none, and is worded for the planner (0110).
    rows = f"(select 1 where current_user in ({names})) is not null"
    if runtime and owner:
        own = f"{owner} = (select app.current_org())"
        rows += f" or (select 1 where current_user = 'capecontrol_runtime') is not null and {own}"
        run(f"create policy runtime on {table} as restrictive to capecontrol_runtime using ({own}) with check ({own})")
    run(f"create policy scope on {table} using ({rows}) with check ({rows})")
    for name in for_all:
        run(f"create policy {name} on {table} to capecontrol_{name} using (true) with check (true)")
    for name, granted in (words | {"runtime": runtime}).items():
        if granted:
            run(f"grant {', '.join(granted.split())} on {table} to capecontrol_{name}")


def upgrade() -> None:
    """Make the functions, the tables and the triggers."""
    run = op.get_bind().exec_driver_sql
    for function in (SEARCH_WORDS, SEARCH_TOKENS, ASKED_WORDS, LONGEST_WORD):
        run(function)
    for table, tokens, record, texts in (*SEARCHED, ORGANIZATIONS):
        has_owner = record != "org_id"
        if has_owner:
            run(
                f"create table {tokens} (org_id uuid not null, {record} uuid not null, token text collate \"C\" not null, "
                f"constraint pk_{tokens} primary key ({record}, token), "
                f"constraint fk_{tokens}_org_id_{record} foreign key (org_id, {record}) "
                f"references {table} (org_id, id) on delete cascade)"
            )
            run(f"create index ix_{tokens}_org_id_token on {tokens} (org_id, token, {record})")
        else:
            run(
                f"create table {tokens} (org_id uuid not null, token text collate \"C\" not null, "
                f"constraint pk_{tokens} primary key (org_id, token), "
                f"constraint fk_{tokens}_org_id foreign key (org_id) references {table} (id) on delete cascade)"
            )
        run(f"create index ix_{tokens}_token on {tokens} (token, {record})")
        protect(tokens, owner="org_id", runtime="select insert delete", system="select insert delete")
        run(
            KEEP_TOKENS.format(
                tokens=tokens,
                record=record,
                columns=f"org_id, {record}, token" if has_owner else "org_id, token",
                values="new.org_id, new.id" if has_owner else "new.id",
                new=", ".join(f"new.{text}" for text in texts),
                old=", ".join(f"old.{text}" for text in texts),
            )
        )
        run(
            f"create trigger {table}_tokens after insert or update of {', '.join(texts)} on {table} "
            f"for each row execute function app.keep_{tokens}()"
        )


def downgrade() -> None:
    """Drop them; nothing is lost that the records do not have."""
    run = op.get_bind().exec_driver_sql
    for table, tokens, _, _ in (*SEARCHED, ORGANIZATIONS):
        run(f"drop trigger {table}_tokens on {table}")
        run(f"drop function app.keep_{tokens}()")
        op.drop_table(tokens)
    for function in reversed(FUNCTIONS):
        run(f"drop function {function}")
