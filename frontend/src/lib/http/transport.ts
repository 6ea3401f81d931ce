import { confirmed } from "@/lib/confirmation";
import { comeAgain } from "./coming-again";
import { withCsrf } from "./csrf";
import { newKey, SubmissionKeys } from "./submission-keys";

/** The one place where the browser is asked to talk to the server. */
export function send(request: Request): Promise<Response> {
  return fetch(request);
}

export interface TokenSource {
  /** Gives a token of whom an earlier one of the same request was; null where there is none. */
  current: (earlier?: string | null) => Promise<string | null>;
  renew: (stale: string | undefined) => Promise<string | null>;
}

export interface TransportParts {
  carry: (request: Request) => Promise<Response>;
  /** Asks for the password; gives whether its person has confirmed that it is them. */
  confirm: () => Promise<boolean>;
  /** Waits for the moment at which a refused request may be sent again; gives whether to send it. */
  wait: (answer: Response, hasKey: boolean) => Promise<boolean>;
}

/**
 * Carries every request of the generated client: token, CSRF pair, submission key, and one renewal when it is refused.
 * What asks for the password is repeated once its person has confirmed that it is them, and what is refused for a moment
 * once that is over, each once at most.
 */
export function createTransport(tokens: TokenSource, { carry = send, confirm = confirmed, wait = comeAgain }: Partial<TransportParts> = {}): typeof globalThis.fetch {
  const keys = new SubmissionKeys();

  return async (input, init) => {
    const request = new Request(input, init);
    const submission = await submissionOf(request);
    const hasKey = request.method === "POST";
    if (hasKey) request.headers.set("Idempotency-Key", submission === null ? newKey() : keys.keyFor(submission));
    const attempt = (token: string | null) => {
      const sent = request.clone();
      if (token) sent.headers.set("Authorization", `Bearer ${token}`);
      return withCsrf(sent, carry);
    };

    const token = await tokens.current();
    let answer = await attempt(token);
    if (answer.status === 401 && token) {
      const fresh = await tokens.renew(token);
      if (fresh) answer = await attempt(fresh);
    }
    if (answer.status === 403 && (await isConfirmationAsked(answer)) && (await confirm())) answer = await attempt(await tokens.current(token));
    // Pages ask again for what they show by themselves (`query-client.ts`).
    if (request.method !== "GET" && (await wait(answer, hasKey))) answer = await attempt(await tokens.current(token));
    if (submission !== null) keys.answered(submission, answer.status);
    return answer;
  };
}

/**
 * Gives what a request asks, as the server compares it under a key (`core/http/idempotency/content.py`). Null where pressing
 * again is another request by nature: a browser writes a form with a file with another boundary each time.
 */
async function submissionOf(request: Request): Promise<string | null> {
  if (request.method !== "POST" || request.headers.get("Content-Type")?.startsWith("multipart/")) return null;
  return `${request.url} ${request.headers.get("If-Match") ?? ""} ${await request.clone().text()}`;
}

async function isConfirmationAsked(answer: Response): Promise<boolean> {
  return (await answer.clone().text()).includes("auth/confirmation-required");
}
