"""HEAD: what GET would answer, without its content (RFC 9110, 9.3.2)."""

from starlette.responses import FileResponse, Response

from capecontrol.core.http.event_stream import EventStream


def head_of(response: Response) -> Response:
    """Return an answer's status and headers. What writes its content while it is sent is never begun."""
    if isinstance(response, FileResponse):
        # Its headers are known when the file was looked at; to HEAD it sends nothing else.
        return response
    if isinstance(response, EventStream):
        response.close()
    head = Response(status_code=response.status_code)
    head.raw_headers = response.raw_headers
    return head
