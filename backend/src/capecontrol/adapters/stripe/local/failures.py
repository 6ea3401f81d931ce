"""Errors in Stripe's shape."""


class ApiError(Exception):
    """An answer that is no success: Stripe's error body and its status."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
    ) -> None:
        """Take what the body says; ``code`` and ``param`` only where Stripe gives them."""
        super().__init__(message)
        self.status = status
        self.body: dict[str, object] = {"message": message, "type": kind}
        if code is not None:
            self.body |= {"code": code, "doc_url": f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"}
        if param is not None:
            self.body["param"] = param

    def public(self) -> dict[str, object]:
        """Return the JSON body."""
        return {"error": self.body}


def missing(kind: str, object_id: str, param: str) -> ApiError:
    """Build the 404 for an object that is not there."""
    return ApiError(404, f"No such {kind}: '{object_id}'", code="resource_missing", param=param)


def required(param: str) -> ApiError:
    """Build the 400 for a parameter that was not given."""
    return ApiError(400, f"Missing required param: {param}.", code="parameter_missing", param=param)


def unknown(param: str) -> ApiError:
    """Build the 400 for a parameter that does not exist."""
    return ApiError(400, f"Received unknown parameter: {param}", code="parameter_unknown", param=param)
