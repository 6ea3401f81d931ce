"""What makes the document of a proposal, and keeps it."""

import hashlib
from dataclasses import dataclass

from capecontrol.core.business import Business
from capecontrol.core.documents import MEDIA_TYPE, PdfRenderer
from capecontrol.core.letterhead import letterhead
from capecontrol.core.storage import ObjectStorage
from capecontrol.features.organizations.interface import OrganizationSummary
from capecontrol.features.projects.interface import ProjectSummary
from capecontrol.features.proposals.document import to_html
from capecontrol.features.proposals.models import Proposal


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document in the storage: where it lies, and the SHA-256 (hex) of its bytes."""

    key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Press:
    """Renders proposals, with no transaction open, and stores them. ``portal`` is where they are approved online."""

    renderer: PdfRenderer
    storage: ObjectStorage
    portal: str

    async def render(
        self,
        proposal: Proposal,
        project: ProjectSummary,
        organization: OrganizationSummary,
        business: Business,
        *,
        source: str = "",
    ) -> bytes:
        """Return the PDF of a version; of those who wait, the sources have their turns one after the other.

        Raises:
            RenderFailed: it could not be rendered in its time.
            StorageError: the storage does not answer.
        """
        pictures = await letterhead(self.storage, business)
        page = to_html(proposal, project, organization, business, pictures, portal=self.portal)
        return await self.renderer.render(page, pictures, source=source)

    async def store(self, key: str, data: bytes) -> StoredDocument:
        """Keep a document under a key.

        Raises:
            StorageError: it could not be stored.
        """
        await self.storage.put(key, data, MEDIA_TYPE)
        return StoredDocument(key, hashlib.sha256(data).hexdigest())
