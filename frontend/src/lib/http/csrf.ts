import { readCookie } from "./cookie";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

type Send = (request: Request) => Promise<Response>;

/** Puts the CSRF pair on a request that changes something: the cookie goes by itself, the header is ours. */
export async function withCsrf(request: Request, send: Send): Promise<Response> {
  if (SAFE.has(request.method)) return send(request);
  const again = request.clone();
  const answer = await send(signed(request, readCookie("csrftoken") ?? (await freshToken(send))));
  if (answer.status !== 403 || !(await isCsrfRefusal(answer))) return answer;
  // The cookie was signed by a key that is gone (a new installation, a rotated key): take a new pair, once.
  return send(signed(again, await freshToken(send)));
}

function signed(request: Request, token: string): Request {
  request.headers.set("X-CSRF-Token", token);
  return request;
}

async function freshToken(send: Send): Promise<string> {
  const answer = await send(new Request(new URL("/api/auth/csrf", window.location.origin), { credentials: "same-origin" }));
  const body = (await answer.json()) as { csrf_token?: string };
  return body.csrf_token ?? "";
}

async function isCsrfRefusal(answer: Response): Promise<boolean> {
  return (await answer.clone().text()).includes("auth/csrf-failed");
}
