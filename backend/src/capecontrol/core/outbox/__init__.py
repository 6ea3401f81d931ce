"""The outbox: what happened, written in the transaction that made it happen, delivered at least once.

PostgreSQL owns retries, leases and dead letters; Dramatiq on Redis is the wake-up and the worker pool. Losing Redis
loses nothing.
"""
