"""An application whose OpenAPI document is ours."""

from typing import Any

from fastapi import FastAPI

from capecontrol.main.features import bulk_kinds, permission_table
from capecontrol.main.http.openapi.document import build_openapi


class DocumentedApp(FastAPI):
    """An application whose document is ours.

    FastAPI's own ``openapi()`` writes its plain document again whenever routes were added since it last wrote one, so
    setting ``openapi_schema`` once does not last.
    """

    def openapi(self) -> dict[str, Any]:
        """Return the document, written once: all routes are there before the first request."""
        if self.openapi_schema is None:
            self.openapi_schema = build_openapi(
                self, permissions=permission_table().names, bulk_kinds=bulk_kinds().by_name
            )
        return self.openapi_schema
