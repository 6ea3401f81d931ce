"""What this release is and which schemas it runs on."""

#: The oldest and the newest revision that this release's code works with, both included. Revision ids are dates and
#: sort, so a release can tell the place of a revision that it has never seen.
#:
#: A migration raises the newest. The oldest is raised only when code stops working without the migration: a release
#: that still runs on the schema before it can be rolled out first. What comes after the newest a release cannot know:
#: there the migrations themselves say whether it may go on (``oldest_code``, ADR 0019).
COMPATIBLE_REVISIONS = ("20261124_1020", "20261124_1020")

#: The release, as `/api/version` tells it.
VERSION = "0.1.0"
