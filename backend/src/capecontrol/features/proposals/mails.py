"""The mails of proposals; their words are in ``mails/``."""

from typing import ClassVar, Literal

from pydantic import SecretStr

from capecontrol.core.mail import Mail, PageLink


class ProposalSentMail(Mail):
    """A proposal, with its viewing link, for an owner of the organization.

    ``valid_until_text``, ``summary`` and ``sent_by``, the name of whoever sent it, may be empty. The client had
    ``replaced_version`` before, sent on ``replaced_sent_text``; 0 and empty where there was none.
    """

    template: ClassVar[str] = "proposal_sent"

    full_name: str
    organization_name: str
    project_code: str
    title: str
    version: int
    total_text: str
    valid_until_text: str
    summary: str = ""
    sent_by: str = ""
    replaced_version: int = 0
    replaced_sent_text: str = ""
    url: SecretStr


#: What a client may decide.
Decision = Literal["APPROVED", "CHANGES_REQUESTED", "DECLINED"]


class ProposalDecidedMail(Mail):
    """What a client decided, for whoever sent the proposal; ``is_sender`` is False of those who stand in for them.

    ``decided_by_name``, what the account that decided is called, ``decided_name``, what was typed to approve, and
    ``note`` may be empty.
    """

    template: ClassVar[str] = "proposal_decided"
    is_for_staff: ClassVar[bool] = True

    full_name: str
    decision: Decision
    organization_name: str
    project_code: str
    title: str
    version: int
    total_text: str
    #: What 0.1.0 queued lacks it, and has in ``decided_name`` what was typed.
    decided_by_name: str = ""
    decided_name: str
    note: str
    is_sender: bool = True
    url: PageLink


class ProposalExpiredMail(Mail):
    """That a client did not respond in time, for whoever sent the proposal; ``is_sender`` as of a decision."""

    template: ClassVar[str] = "proposal_expired"
    is_for_staff: ClassVar[bool] = True

    full_name: str
    organization_name: str
    project_code: str
    title: str
    version: int
    total_text: str
    valid_until_text: str
    is_sender: bool = True
    url: PageLink


class OfferExpiredMail(Mail):
    """That what they were offered can no longer be approved, for an owner of the client's organization."""

    template: ClassVar[str] = "offer_expired"

    full_name: str
    organization_name: str
    project_code: str
    title: str
    version: int
    total_text: str
    valid_until_text: str
    url: PageLink


MAILS = (ProposalSentMail, ProposalDecidedMail, ProposalExpiredMail, OfferExpiredMail)
