"""HTTP Request, versions 3 and 4."""

import json
from collections.abc import Mapping
from urllib.parse import quote, urlencode

import httpx
from pydantic import JsonValue

from capecontrol.adapters.n8n.local.item import Item, JsonObject
from capecontrol.adapters.n8n.local.step import NodeFailed, Step, object_at, objects_at, text_of

#: n8n's sentences for what a service answered.
SENTENCES = {
    400: "Bad request - please check your parameters",
    401: "Authorization failed - please check your credentials",
    402: "Payment required - perhaps check your payment details?",
    403: "Forbidden - perhaps check your credentials?",
    404: "The resource you are requesting could not be found",
    405: "Method not allowed - please check you are using the right HTTP method",
    429: "The service is receiving too many requests from you",
    500: "The service was not able to process your request",
    502: "Bad gateway - the service failed to handle your request",
    503: "Service unavailable - try again later or consider setting this node to retry automatically",
    504: "Gateway timed out - perhaps try again later?",
}
REFUSED = "The service refused the connection - perhaps it is offline"
ACCEPT = "application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, image/*;q=0.8, */*;q=0.7"


async def run(step: Step) -> list[list[Item]]:
    """Send one request for each item; an array in the answer becomes an item each."""
    made: list[Item] = []
    for index, item in enumerate(step.items):
        parameters = await step.parameters(index)
        response = await _send(step, parameters)
        made += [Item(content, source=item) for content in _contents(parameters, response)]
    return [made]


async def _send(step: Step, parameters: JsonObject) -> httpx.Response:
    headers = {"Accept": ACCEPT, "User-Agent": "n8n", **_headers(step, parameters)}
    content, content_type = _body(parameters)
    if content_type and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = content_type
    timeout = object_at(parameters, "options").get("timeout")
    try:
        response = await step.http.request(
            text_of(parameters.get("method"), "GET"),
            text_of(parameters.get("url")),
            headers=headers,
            params=_pairs(parameters, "sendQuery", "queryParameters") or None,
            content=content,
            timeout=timeout / 1000 if isinstance(timeout, int | float) and timeout > 0 else 300,
        )
    except httpx.ConnectError as error:
        raise NodeFailed(REFUSED) from error
    except httpx.TimeoutException as error:
        raise NodeFailed("The connection timed out, consider setting the 'Timeout' option") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NodeFailed("Invalid URL or connection lost") from error
    if not response.is_success and not _response_options(parameters).get("neverError"):
        code = response.status_code
        raise NodeFailed(SENTENCES.get(code, f"Request failed with status code {code}"), http_code=code)
    return response


def _headers(step: Step, parameters: JsonObject) -> Mapping[str, str]:
    found = _pairs(parameters, "sendHeaders", "headerParameters")
    if parameters.get("sendHeaders") is True and parameters.get("specifyHeaders") == "json":
        parsed = _parsed(parameters.get("jsonHeaders"), "JSON Headers")
        found = {key: text_of(value) for key, value in parsed.items()} if isinstance(parsed, dict) else {}
    if parameters.get("genericAuthType") == "httpHeaderAuth":
        identifier = step.node.credential("httpHeaderAuth")
        secret = step.credential(identifier, "httpHeaderAuth") if identifier else None
        if secret is None:
            raise NodeFailed("Credentials not found")
        found = {**found, text_of(secret.get("name")): text_of(secret.get("value"))}
    return found


def _body(parameters: JsonObject) -> tuple[bytes | None, str | None]:
    if parameters.get("sendBody") is not True:
        return None, None
    match text_of(parameters.get("contentType"), "json"):
        case "raw":
            return _raw(parameters)
        case "form-urlencoded":
            if parameters.get("specifyBody") == "string":
                return text_of(parameters.get("body")).encode(), "application/x-www-form-urlencoded"
            pairs = urlencode(_pairs(parameters, "sendBody", "bodyParameters"), quote_via=quote)
            return pairs.encode(), "application/x-www-form-urlencoded"
        case "json":
            if parameters.get("specifyBody") == "json":
                value = _parsed(parameters.get("jsonBody"), "JSON Body")
            else:
                value = {
                    text_of(entry.get("name")): entry.get("value")
                    for entry in objects_at(parameters, "bodyParameters", "parameters")
                }
            return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), "application/json"
        case other:
            raise NodeFailed(f"The local n8n cannot send a {other} body")


def _raw(parameters: JsonObject) -> tuple[bytes, str | None]:
    body, content_type = text_of(parameters.get("body")), text_of(parameters.get("rawContentType"))
    if content_type == "application/json":
        # As n8n's HTTP library does: JSON goes out as it is but for spaces around it, other text becomes JSON.
        try:
            json.loads(body)
        except ValueError:
            body = json.dumps(body, ensure_ascii=False)
        body = body.strip()
    return body.encode(), content_type or None


def _pairs(parameters: JsonObject, switch: str, member: str) -> dict[str, str]:
    if parameters.get(switch) is not True:
        return {}
    return {
        text_of(entry.get("name")): text_of(entry.get("value"))
        for entry in objects_at(parameters, member, "parameters")
        if entry.get("name")
    }


def _parsed(value: JsonValue, label: str) -> JsonValue:
    if not isinstance(value, str):
        return value
    try:
        parsed: JsonValue = json.loads(value)
    except ValueError:
        raise NodeFailed(f"{label} parameter needs to be valid JSON") from None
    return parsed


def _response_options(parameters: JsonObject) -> JsonObject:
    return object_at(parameters, "options", "response", "response")


def _contents(parameters: JsonObject, response: httpx.Response) -> list[JsonObject]:
    options = _response_options(parameters)
    body = _response_body(text_of(options.get("responseFormat"), "autodetect"), response)
    if options.get("fullResponse") is True:
        headers: JsonObject = dict(response.headers)
        return [{"body": body, "headers": headers, "statusCode": response.status_code}]
    if isinstance(body, list):
        return [entry if isinstance(entry, dict) else {"data": entry} for entry in body]
    return [body if isinstance(body, dict) else {"data": body}]


def _response_body(wanted: str, response: httpx.Response) -> JsonValue:
    is_json = "json" in response.headers.get("content-type", "")
    if wanted == "json" or (wanted == "autodetect" and is_json):
        if not response.content:
            return {}
        try:
            parsed: JsonValue = response.json()
        except ValueError:
            raise NodeFailed('Response body is not valid JSON. Change "Response Format" to "Text"') from None
        return parsed
    return response.text
