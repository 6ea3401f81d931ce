"""The mails of proposals; their words are in ``mails/``."""

from typing import ClassVar

from pydantic import SecretStr

from capecontrol.core.mail import Mail


class ProposalSentMail(Mail):
    """A proposal, with its viewing link, for an owner of the organization. ``valid_until_text`` may be empty."""

    template: ClassVar[str] = "proposal_sent"

    full_name: str
    organization_name: str
    project_code: str
    title: str
    version: int
    total_text: str
    valid_until_text: str
    url: SecretStr


MAILS = (ProposalSentMail,)
