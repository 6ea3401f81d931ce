"""Mails: each feature declares those that it sends, with what they say. Notifications write and deliver them."""

from typing import Annotated, ClassVar, Final

from pydantic import BaseModel, ConfigDict, SecretStr

from capecontrol.core.unlinked_text import unlinked

_LEADS_TO_A_PAGE: Final = "leads to a page"
#: The address of a page of ours. In no other text of a mail does a mail program find an address to link.
PageLink = Annotated[str, _LEADS_TO_A_PAGE]


class Mail(BaseModel):
    """One kind of mail. Subclasses name a template and annotate its members; features list them as ``MAILS``.

    Its words lie beside the module that declares it: ``mails/<template>.txt`` and ``mails/<template>.html``. Members
    are plain JSON, with figures and dates in words already; a ``SecretStr`` (a link with a token) is sealed until the
    mail is written. A link is one of these or a ``PageLink``: whatever else is a text may have been typed by anybody,
    and a link in it would look like one of the business, in whose name the mail comes.

    Mails wait in the outbox while a release is replaced, under the names of the template and its members: those are
    kept, and a member that is added has a default. One that is removed is ignored in what still waits.
    """

    # Strict also for mypy: it checks what a mail is made of. Errors of what is read back must not quote secrets.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)
    template: ClassVar[str]
    #: Whether it goes to the business's own people. They are not told to ask the business.
    is_for_staff: ClassVar[bool] = False

    def context(self) -> dict[str, object]:
        """Return the members that may lie in the database in clear."""
        return {name: value for name, value in self if not isinstance(value, SecretStr)}

    def words(self) -> dict[str, object]:
        """Return the members in clear as the mail shows them: nothing but a link can be clicked."""
        links = {name for name, field in type(self).model_fields.items() if _LEADS_TO_A_PAGE in field.metadata}
        return {
            name: unlinked(value) if isinstance(value, str) and name not in links else value
            for name, value in self.context().items()
        }

    def secrets(self) -> dict[str, str]:
        """Return the members that may not, in clear."""
        return {name: value.get_secret_value() for name, value in self if isinstance(value, SecretStr)}
