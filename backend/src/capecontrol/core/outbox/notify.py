"""The hint: PostgreSQL tells relays that a message was committed, so that none waits for the next sweep.

Only a hint. A notification that nobody heard (relay away, connection lost, a pooler in between that cannot LISTEN)
costs the time to the next sweep and nothing else.
"""

from collections.abc import Iterator

CHANNEL = "outbox"


def create_trigger() -> Iterator[str]:
    """Yield what creates the trigger, after the outbox table and the schema ``app`` exist.

    By statement, not by row: PostgreSQL folds equal notifications of a transaction anyway.
    """
    yield f"""
    create function app.notify_outbox() returns trigger language plpgsql set search_path = pg_catalog
    as $$ begin perform pg_notify('{CHANNEL}', ''); return null; end $$
    """
    yield (
        "create trigger outbox_notify after insert on outbox for each statement execute function app.notify_outbox()"
    )


def drop_trigger() -> Iterator[str]:
    """Yield what undoes ``create_trigger``; call it before the table goes."""
    yield "drop trigger outbox_notify on outbox"
    yield "drop function app.notify_outbox()"
