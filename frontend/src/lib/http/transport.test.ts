import { beforeEach, describe, expect, it, vi } from "vitest";
import { createTransport, type TokenSource } from "./transport";

const URL_ = "http://localhost/api/projects";

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
    await createTransport(tokens("abc"), carry)(URL_, { method: "POST", body: "{}" });
    expect(seen[0]?.headers.get("Authorization")).toBe("Bearer abc");
    expect(seen[0]?.headers.get("X-CSRF-Token")).toBe("signed");
  });

  it("renews once after a 401 and sends the same body again", async () => {
    const { seen, carry } = server(new Response("", { status: 401 }), new Response("done"));
    const source = tokens("old", "new");
    const answer = await createTransport(source, carry)(URL_, { method: "POST", body: '{"title":"A"}' });
    expect(await answer.text()).toBe("done");
    expect(source.renew).toHaveBeenCalledExactlyOnceWith("old");
    expect(seen[1]?.headers.get("Authorization")).toBe("Bearer new");
    expect(seen[1]?.headers.get("Idempotency-Key")).toBe(seen[0]?.headers.get("Idempotency-Key"));
  });

  it("does not renew for a stranger whose password was wrong", async () => {
    const { carry } = server(new Response("", { status: 401 }));
    const source = tokens(null);
    expect((await createTransport(source, carry)(URL_, { method: "POST" })).status).toBe(401);
    expect(source.renew).not.toHaveBeenCalled();
  });

  it("keeps the submission key while no answer came, and changes it afterwards", async () => {
    const { seen, carry } = server(new Error("offline"), new Response("{}"), new Response("{}"));
    const transport = createTransport(tokens("abc"), carry);
    const post = () => transport(URL_, { method: "POST", body: "{}" });
    await expect(post()).rejects.toThrow("offline");
    await post();
    await post();
    const [first, second, third] = seen.map((request) => request.headers.get("Idempotency-Key"));
    expect(second).toBe(first);
    expect(third).not.toBe(second);
  });

  it("takes a new CSRF pair once when the old one is refused", async () => {
    const refusal = new Response('{"type":"auth/csrf-failed"}', { status: 403 });
    const { seen, carry } = server(refusal, new Response('{"csrf_token":"newer"}'), new Response("{}"));
    await createTransport(tokens("abc"), carry)(URL_, { method: "POST", body: "{}" });
    expect(seen[2]?.headers.get("X-CSRF-Token")).toBe("newer");
  });

  it("repeats what asks for the password once it was confirmed, and leaves it refused otherwise", async () => {
    const refusal = () => new Response('{"type":"auth/confirmation-required"}', { status: 403 });
    const { seen, carry } = server(refusal(), new Response("done"), refusal());
    const answers = [true, false];
    const transport = createTransport(tokens("abc"), carry, () => Promise.resolve(answers.shift() ?? false));
    const put = () => transport(URL_, { method: "PUT", body: '{"bank":null}' });
    expect(await (await put()).text()).toBe("done");
    expect(await seen[1]?.text()).toBe('{"bank":null}');
    expect((await put()).status).toBe(403);
    expect(seen).toHaveLength(3);
  });
});
