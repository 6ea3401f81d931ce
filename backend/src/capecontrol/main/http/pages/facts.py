"""What a page is told in its head, so that its scripts need not ask: the release, and the face of the business."""

from collections.abc import Mapping

from capecontrol.core.business import Business
from capecontrol.core.ports import Ports
from capecontrol.features.business.schemas.branding import BrandingOut
from capecontrol.features.system.ports import Release
from capecontrol.main.http.health import VersionOut


class PageFacts:
    """Writes them as the API would answer, once for each state of the business."""

    def __init__(self, ports: Ports) -> None:
        """Take where the process has its release and its business, which people change."""
        self._ports = ports
        self._of: Business | None = None
        self._written: Mapping[str, str] = {}

    def __call__(self) -> Mapping[str, str]:
        """Return the facts by their names, as JSON: the same object until the business is another one."""
        business = self._ports.get(Business)
        if business is not self._of:
            self._of = business
            self._written = {
                "version": VersionOut.map_from(self._ports.get(Release)).model_dump_json(),
                "branding": BrandingOut.of(business).model_dump_json(),
            }
        return self._written
