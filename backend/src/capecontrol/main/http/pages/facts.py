"""What a page is told in its head, so that its scripts need not ask: the release, and the face of the business."""

from collections.abc import Mapping
from dataclasses import dataclass

from capecontrol.core.business import Business
from capecontrol.core.ports import Ports
from capecontrol.features.business.interface import theme_css
from capecontrol.features.business.schemas.branding import BrandingOut
from capecontrol.features.system.ports import Release
from capecontrol.main.http.health import VersionOut


@dataclass(frozen=True, slots=True)
class PageHead:
    """What stands in the head of every page."""

    #: Whose page it is, until its own title is there.
    title: str
    #: The colours of the business, so that nothing is drawn in others first.
    style: str
    #: JSON by its name.
    facts: Mapping[str, str]


class PageFacts:
    """Writes them as the API would answer, once for each state of the business."""

    def __init__(self, ports: Ports) -> None:
        """Take where the process has its release and its business, which people change."""
        self._ports = ports
        self._written: tuple[Business, PageHead] | None = None

    def __call__(self) -> PageHead:
        """Return what a page is told: the same object until the business is another one."""
        business = self._ports.get(Business)
        if self._written is None or self._written[0] is not business:
            self._written = (business, self._write(business))
        return self._written[1]

    def _write(self, business: Business) -> PageHead:
        return PageHead(
            title=business.name,
            style=theme_css(business),
            facts={
                "version": VersionOut.map_from(self._ports.get(Release)).model_dump_json(),
                "branding": BrandingOut.of(business).model_dump_json(),
            },
        )
