"""Optimistic locking: an edit says which revision it was made on, and is refused on another."""

from capecontrol.core.problems import PreconditionFailed

#: The revisions that an editor saw; None when the edit is to be made whatever the revision is.
ExpectedRevisions = frozenset[int] | None


def check_revision(
    expected: ExpectedRevisions,
    revision: int,
    *,
    advice: str = "Someone else has changed this since you opened it. Reload the page and make your changes again.",
) -> None:
    """Check that an edit was made on the current revision; ``advice`` tells its author what to do.

    Raises:
        PreconditionFailed: somebody changed it since.
    """
    if expected is not None and revision not in expected:
        raise PreconditionFailed(advice)
