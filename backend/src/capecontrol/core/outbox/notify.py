"""The hint: PostgreSQL tells relays that a message was committed, so that none waits for the next sweep.

Only a hint. A notification that nobody heard (relay away, connection lost, a pooler in between that cannot LISTEN)
costs the time to the next sweep and nothing else.
"""

#: Where the trigger on the outbox notifies. The first migration made the trigger, so another name needs a migration.
CHANNEL = "outbox"
