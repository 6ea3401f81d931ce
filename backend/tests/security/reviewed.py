"""Reviewed exceptions of the catalog test, each with the reason that somebody accepted. None is a wildcard."""

from collections.abc import Mapping

#: Tables that no organization owns: the runtime role may not touch them at all.
PLATFORM_TABLES: Mapping[str, str] = {
    "key_fingerprints": "digests of the environment's secrets; system role only",
    "login_attempts": "an address may be nobody's; sign-in role only",
    "mail_allowances": "a mailbox may be nobody's; system role only",
    "migration_evidence": "the schema's own history; system role only",
    "n8n_environments": "servers of the platform, with sealed keys; system role only",
    "business": "the platform itself; system role only, and processes read it from memory",
    "number_series": "counters over all customers; system role only",
    "schedule_slots": "the scheduler's; system role only",
    "secret_keys": "sealed keys of the installation; system role only",
    "stripe_events": "release 0.1.0's webhooks, until the release after this one drops it; system role only",
    "tax_rates": "the platform's rates of tax; system role only",
    "workflow_templates": "the platform's library; system role only",
}

#: Tables outside the models.
FOREIGN_TABLES: Mapping[str, str] = {"alembic_version": "Alembic's own; nobody but the owner may change it"}

#: Tables that everybody who may connect may read.
READ_BY_ALL: Mapping[str, str] = {"alembic_version": "a process asks for the revision before it takes on a role"}

#: Tables whose ``org_id`` may be null: such rows are the platform's, and the runtime role never sees them.
NULLABLE_OWNER: Mapping[str, str] = {
    "audit_events": "acts of staff and of strangers concern no organization",
    "bulk_operations": "staff have no organization",
    "bulk_selections": "staff have no organization",
    "changes": "what is the platform's concerns no organization, or everybody",
    "idempotency_keys": "keys of staff and of strangers",
    "inbound_events": "what a webhook is about may be known only after it was fetched",
    "one_time_tokens": "staff have no organization",
    "outbox": "events of the platform",
    "refresh_tokens": "staff have no organization",
    "sessions": "staff have no organization",
    "uploads": "pictures of the business are the platform's",
    "users": "staff have no organization",
}

#: Foreign keys between owned tables that do not carry ``org_id``.
PLAIN_KEYS: Mapping[str, str] = {
    "fk_one_time_tokens_user_id": "staff's rows have no org_id, and a composite key with a null checks nothing",
    "fk_refresh_tokens_session_id": "staff's rows have no org_id, and a composite key with a null checks nothing",
    "fk_sessions_user_id": "staff's rows have no org_id, and a composite key with a null checks nothing",
}

#: Unique keys of owned tables that span organizations: each could tell that a value is taken.
GLOBAL_UNIQUES: Mapping[str, str] = {
    "uq_bulk_operations_active": "the person is in it, who belongs to one organization",
    "uq_idempotency_keys_caller_key": "the caller is in it: a person's id, or a stranger's address",
    "uq_inbound_events_provider_external_id": "the provider's id, or one that begins with an id of ours; signed",
    "uq_invoices_year_sequence": "numbers are gap-free over all customers; the system role makes them",
    "uq_one_time_tokens_token_hash": "hash of 256 random bits",
    "uq_organizations_domain": "the slug is unique by the spec; registration says 409",
    "uq_organizations_name": "the name is unique by the spec; registration says 409",
    "uq_payment_intents_checkout_session_id": "the provider's id; nobody chooses it",
    "uq_payments_provider_payment_id": "the provider's id; one payment is one row, whoever tells of it",
    "uq_projects_code": "the business's own number over all customers; only staff make projects",
    "uq_proposals_viewing_token_hash": "hash of 256 random bits",
    "uq_provider_customers_provider_customer_id": "the provider's id; nobody chooses it",
    "uq_refresh_tokens_token_hash": "hash of 256 random bits",
    "uq_uploads_storage_key": "we make the key: a feature's or organization's folder, and a SHA-256 or an attempt's id",
    "uq_users_email": "an address signs in to one account; registration answers the same for a known one",
}

#: Functions in the schemas of the product that run with their owner's rights.
DEFINER_FUNCTIONS: Mapping[str, str] = {
    "make_audit_partitions": "partitions belong to the table's owner; takes a number and is the system role's alone",
    "place_audit_events": "the same for months that were missed; takes dates, at most 24",
}

#: Partitioned tables, with the triggers of each partition: those of the table do not fire for its partitions' names.
PARTITIONED: Mapping[str, list[str]] = {"audit_events": ["audit_events_append_only"]}

#: Triggers: what the database does by itself, with the reason.
TRIGGERS: Mapping[str, str] = {
    "audit_events_append_only": "nobody changes the past, not even the owner of the table",
    "invoices_tokens": "what is searched for follows what is written, whatever release writes it",
    "organizations_tokens": "the same of organizations",
    "payment_intents_paid": "a proposal is paid when its intent has succeeded, whatever release settles it",
    "outbox_notify": "relays hear of a message when it is committed",
    "projects_archived": "the proposals of an archived project are closed, whatever release archives it",
    "projects_tokens": "the same of projects",
    "proposals_tokens": "the same of proposals",
    "workflow_instances_tokens": "the same of workflows",
}

#: Views, with the reason; each must be ``security_invoker``.
VIEWS: Mapping[str, str] = {}
