"""Calls to addresses that people typed in: allow-listed, pinned, bounded (see ``client.OutboundHttp``)."""
