"""n8n: the client of its public API, and ``local``, a working one for a machine that has none."""
