"""How each surface writes an error: one tree of problems, four forms."""

from capecontrol.core.http.formats.error_format import ErrorFormat
from capecontrol.core.http.formats.oauth_error import OAuthError
from capecontrol.core.http.formats.ofrep_error import OfrepError
from capecontrol.core.http.formats.problem_document import ProblemDocument
from capecontrol.core.http.formats.scim_error import ScimError

__all__ = ["ErrorFormat", "OAuthError", "OfrepError", "ProblemDocument", "ScimError"]
