import { confirmed } from "@/lib/confirmation";
import { withCsrf } from "./csrf";
import { SubmissionKeys } from "./submission-keys";

/** The one place where the browser is asked to talk to the server. */
export function send(request: Request): Promise<Response> {
  return fetch(request);
}

export interface TokenSource {
  current: () => Promise<string | null>;
  renew: (stale: string | undefined) => Promise<string | null>;
}

/**
 * Carries every request of the generated client: token, CSRF pair, submission key, and one renewal when it is refused.
 * What asks for the password is repeated once its person has confirmed that it is them.
 */
export function createTransport(tokens: TokenSource, carry: (request: Request) => Promise<Response> = send, confirm: () => Promise<boolean> = confirmed): typeof globalThis.fetch {
  const keys = new SubmissionKeys();

  async function attempt(request: Request, token: string | null): Promise<Response> {
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
    return withCsrf(request, carry);
  }

  return async (input, init) => {
    const request = new Request(input, init);
    const submission = request.method === "POST" ? `${request.url} ${await request.clone().text()}` : null;
    if (submission) request.headers.set("Idempotency-Key", keys.keyFor(submission));
    const again = request.clone();
    const afterwards = request.clone();

    const token = await tokens.current();
    let answer = await attempt(request, token);
    if (answer.status === 401 && token) {
      const fresh = await tokens.renew(token);
      if (fresh) answer = await attempt(again, fresh);
    }
    if (answer.status === 403 && (await isConfirmationAsked(answer)) && (await confirm())) {
      answer = await attempt(afterwards, await tokens.current());
    }
    if (submission) keys.answered(submission);
    return answer;
  };
}

async function isConfirmationAsked(answer: Response): Promise<boolean> {
  return (await answer.clone().text()).includes("auth/confirmation-required");
}
