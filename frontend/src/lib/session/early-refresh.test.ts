import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refusal, testServer, type Answer } from "@/testing/server";
import { startRefresh, takeEarlyRefresh } from "./early-refresh";
import { markLeaving, markSignedIn } from "./signed-in-mark";

const server = testServer();
const renewed = { access_token: "early", refresh_token: "next", token_type: "bearer" as const, expires_in: 900, expires_at: "2026-11-21T09:00:00Z" };

/** The browser's locks, of which one may be held by another tab. */
function locks({ isHeld = false } = {}) {
  const request = vi.fn((_name: string, _options: LockOptions, work: (lock: Lock | null) => Promise<unknown>) => work(isHeld ? null : ({} as Lock)));
  Object.defineProperty(navigator, "locks", { value: { request }, configurable: true });
  return request;
}

beforeEach(() => {
  localStorage.clear();
  window.capecontrolRefresh = undefined;
  document.cookie = "csrftoken=signed";
  locks();
  server.on("refreshSession", renewed);
});
afterEach(() => {
  Reflect.deleteProperty(navigator, "locks");
});

describe("a renewal that begins before the page's files are there", () => {
  it("gives the session its token, once", async () => {
    markSignedIn(true);
    startRefresh("/projects");
    const early = await takeEarlyRefresh(Date.now);
    expect(early?.value).toBe("early");
    expect(early?.expiresAt).toBeGreaterThan(Date.now() + 890_000);
    expect(server.to("refreshSession")[0]?.headers.get("X-CSRF-Token")).toBe("signed");
    expect(await takeEarlyRefresh(Date.now)).toBeUndefined();
    expect(server.to("refreshSession")).toHaveLength(1);
  });

  it("asks nothing on behalf of a stranger", async () => {
    startRefresh("/projects");
    expect(await takeEarlyRefresh(Date.now)).toBeUndefined();
    expect(server.to("refreshSession")).toHaveLength(0);
  });

  it.each(["/", "/register/step-1", "/verify-email/token", "/logout"])("asks nothing for a page that is open to all: %s", (path) => {
    markSignedIn(true);
    startRefresh(path);
    expect(window.capecontrolRefresh).toBeUndefined();
  });

  it.each(["/registered", "/projects", "/login", "/p/token"])("asks for every other page: %s", async (path) => {
    markSignedIn(true);
    startRefresh(path);
    expect((await takeEarlyRefresh(Date.now))?.value).toBe("early");
  });

  it("is not asked for after somebody signed out of whom the server was not told", () => {
    markSignedIn(true);
    markLeaving(true);
    startRefresh("/projects");
    expect(window.capecontrolRefresh).toBeUndefined();
  });

  it("is dropped when somebody has signed out meanwhile, in another tab", async () => {
    markSignedIn(true);
    startRefresh("/projects");
    markSignedIn(false);
    expect(await takeEarlyRefresh(Date.now)).toBeUndefined();
  });

  it("leaves a tab alone that is renewing: a refresh token is good for one use", async () => {
    locks({ isHeld: true });
    markSignedIn(true);
    startRefresh("/projects");
    expect(await takeEarlyRefresh(Date.now)).toBeUndefined();
    expect(server.to("refreshSession")).toHaveLength(0);
  });

  it("takes the lock that the tabs take turns by", () => {
    const request = locks();
    markSignedIn(true);
    startRefresh("/projects");
    expect(request).toHaveBeenCalledExactlyOnceWith("capecontrol.session", { ifAvailable: true }, expect.any(Function));
  });

  it("tells that the session has ended, while that is news", async () => {
    server.on("refreshSession", refusal(401, { detail: "Sign in again." }));
    markSignedIn(true);
    startRefresh("/projects");
    expect(await takeEarlyRefresh(Date.now)).toBeNull();
    startRefresh("/projects");
    expect(await takeEarlyRefresh(() => Date.now() + 60_000)).toBeUndefined();
  });

  it.each<[string, Answer<"refreshSession">]>([
    ["the server is away", () => Promise.reject(new TypeError("offline"))],
    ["the server is out of order", refusal(503, { detail: "Soon." })],
    ["the pair of the form is refused", refusal(403, { detail: "Elsewhere." })],
  ])("signs nobody out when %s: the session asks for itself", async (_, answer) => {
    server.on("refreshSession", answer);
    markSignedIn(true);
    startRefresh("/projects");
    expect(await takeEarlyRefresh(Date.now)).toBeUndefined();
  });

  it("is not taken for good when the page was asleep until its token ended", async () => {
    markSignedIn(true);
    startRefresh("/projects");
    expect(await takeEarlyRefresh(() => Date.now() + 860_000)).toBeUndefined();
  });
});
