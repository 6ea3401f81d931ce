import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { SubmissionKeys } from "./submission-keys";
import { createTransport, type TokenSource } from "./transport";

const URL_ = "http://localhost/api/projects";

/** What becomes of a key after an answer; the clients of the fault run are held to the same file. */
const FILE = path.resolve(import.meta.dirname, "../../../../backend/tests/core/http/submission_keys.json");
const KEYS = JSON.parse(readFileSync(FILE, "utf8")) as { kept: number[]; used_up: number[] };

function tokens(current: string | null, fresh: string | null = null): TokenSource {
  return { current: () => Promise.resolve(current), renew: vi.fn(() => Promise.resolve(fresh)) };
}

function server(...answers: (Response | Error)[]) {
  const seen: Request[] = [];
  const carry = (request: Request) => {
    seen.push(request);
    const answer = answers.shift() ?? new Response("{}");
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { seen, carry };
}

describe("transport", () => {
  beforeEach(() => {
    document.cookie = "csrftoken=signed";
  });

  it("carries the token, and the CSRF header on what changes something", async () => {
    const { seen, carry } = server();
    await createTransport(tokens("abc"), { carry })(URL_, { method: "POST", body: "{}" });
    expect(seen[0]?.headers.get("Authorization")).toBe("Bearer abc");
    expect(seen[0]?.headers.get("X-CSRF-Token")).toBe("signed");
  });

  it("renews once after a 401 and sends the same body again", async () => {
    const { seen, carry } = server(new Response("", { status: 401 }), new Response("done"));
    const source = tokens("old", "new");
    const answer = await createTransport(source, { carry })(URL_, { method: "POST", body: '{"title":"A"}' });
    expect(await answer.text()).toBe("done");
    expect(source.renew).toHaveBeenCalledExactlyOnceWith("old");
    expect(seen[1]?.headers.get("Authorization")).toBe("Bearer new");
    expect(seen[1]?.headers.get("Idempotency-Key")).toBe(seen[0]?.headers.get("Idempotency-Key"));
  });

  it("does not renew for a stranger whose password was wrong", async () => {
    const { carry } = server(new Response("", { status: 401 }));
    const source = tokens(null);
    expect((await createTransport(source, { carry })(URL_, { method: "POST" })).status).toBe(401);
    expect(source.renew).not.toHaveBeenCalled();
  });

  describe("the submission key", () => {
    /** Presses a button twice, and gives the keys of both requests. */
    async function pressTwice(first: Response | Error, [body, then] = ["{}", "{}"], [match, matchThen] = ['"1"', '"1"']) {
      const { seen, carry } = server(first);
      const transport = createTransport(tokens("abc"), { carry });
      const press = (sent: string, revision: string) => transport(URL_, { method: "POST", body: sent, headers: { "If-Match": revision } });
      await press(body, match).catch(() => undefined);
      await press(then, matchThen);
      return seen.map((request) => request.headers.get("Idempotency-Key"));
    }

    it.each(KEYS.kept)("stays the same after a %i", async (status) => {
      const [first, second] = await pressTwice(new Response("", { status }));
      expect(second).toBe(first);
    });

    it("stays the same where no answer came", async () => {
      const [first, second] = await pressTwice(new Error("offline"));
      expect(second).toBe(first);
    });

    it.each(KEYS.used_up)("is used up by a %i", async (status) => {
      const [first, second] = await pressTwice(new Response("", { status }));
      expect(second).not.toBe(first);
    });

    it("is another one for another body, and for another revision of the same thing", async () => {
      const failure = () => new Response("", { status: 503 });
      for (const keys of [await pressTwice(failure(), ["{}", '{"title":"A"}']), await pressTwice(failure(), undefined, ['"1"', '"2"'])]) {
        expect(keys[1]).not.toBe(keys[0]);
      }
    });

    it("is used up by the answer that the second press gets", async () => {
      const { seen, carry } = server(new Response("", { status: 503 }));
      const transport = createTransport(tokens("abc"), { carry });
      for (let presses = 0; presses < 3; presses++) await transport(URL_, { method: "POST", body: "{}" });
      const [first, second, third] = seen.map((request) => request.headers.get("Idempotency-Key"));
      expect(second).toBe(first);
      expect(third).not.toBe(second);
    });

    it("is a new one for each form with a file, whose bytes are not kept", async () => {
      const { seen, carry } = server(new Response("", { status: 503 }));
      const transport = createTransport(tokens("abc"), { carry });
      const form = new FormData();
      form.append("file", new Blob(["picture"]), "logo.png");
      for (let presses = 0; presses < 2; presses++) await transport(URL_, { method: "POST", body: form });
      const [first, second] = seen.map((request) => request.headers.get("Idempotency-Key"));
      expect(first).toBeTruthy();
      expect(second).not.toBe(first);
    });

    it("is remembered for the last hundred submissions", () => {
      const keys = new SubmissionKeys();
      const first = keys.keyFor("0");
      for (let submission = 1; submission < 100; submission++) keys.keyFor(String(submission));
      expect(keys.keyFor("0")).toBe(first);
      keys.keyFor("100");
      expect(keys.keyFor("0")).not.toBe(first);
    });
  });

  it.each([
    ["a change by PATCH is not sent again after a 503, which may come after the change", "PATCH", 503, 1],
    ["a change by PATCH is sent again after a 429, which comes before it", "PATCH", 429, 2],
    ["what a page shows is not sent again here", "GET", 429, 1],
  ])("%s", async (_, method, status, sent) => {
    vi.useFakeTimers();
    const { seen, carry } = server(new Response("", { status, headers: { "Retry-After": "1" } }));
    const answer = createTransport(tokens("abc"), { carry })(URL_, { method });
    await vi.advanceTimersByTimeAsync(5_000);
    await answer;
    expect(seen).toHaveLength(sent);
    vi.useRealTimers();
  });

  it("takes a new CSRF pair once when the old one is refused", async () => {
    const refusal = new Response('{"type":"auth/csrf-failed"}', { status: 403 });
    const { seen, carry } = server(refusal, new Response('{"csrf_token":"newer"}'), new Response("{}"));
    await createTransport(tokens("abc"), { carry })(URL_, { method: "POST", body: "{}" });
    expect(seen[2]?.headers.get("X-CSRF-Token")).toBe("newer");
  });

  it("repeats what asks for the password once it was confirmed, and leaves it refused otherwise", async () => {
    const refusal = () => new Response('{"type":"auth/confirmation-required"}', { status: 403 });
    const { seen, carry } = server(refusal(), new Response("done"), refusal());
    const answers = [true, false];
    const transport = createTransport(tokens("abc"), { carry, confirm: () => Promise.resolve(answers.shift() ?? false) });
    const put = () => transport(URL_, { method: "PUT", body: '{"bank":null}' });
    expect(await (await put()).text()).toBe("done");
    expect(await seen[1]?.text()).toBe('{"bank":null}');
    expect((await put()).status).toBe(403);
    expect(seen).toHaveLength(3);
  });
});
