"""The guides at ``/docs``: Markdown of the repository, rendered and searched here, without scripts."""
