"""A local n8n: the same API and the same workflow files as the real one, for a machine that has none.

It is a stand-in for one person's machine, not an engine: one process, a handful of node types, no editor. What it
does run, it runs as n8n does; the contract test holds both to it.
"""
