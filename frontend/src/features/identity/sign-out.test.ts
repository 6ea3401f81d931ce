import { QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RefreshedOut } from "@/api/generated";
import { getDashboardQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { session } from "@/lib/session";
import { isLeaving, isProbablySignedIn } from "@/lib/session/signed-in-mark";
import { testQueryClient } from "@/testing/render-page";
import { refusal, testServer } from "@/testing/server";
import { signOut } from "./sign-out";

const server = testServer();

beforeEach(() => localStorage.clear());
afterEach(() => session.end());

it("drops what is on its way and ends the session here before the server is told, with the token that it held", async () => {
  session.open({ value: "held", expiresAt: Date.now() + 900_000 });
  const queryClient = testQueryClient();
  let isDropped = false;
  const stop = new QueryObserver(queryClient, {
    queryKey: getDashboardQueryKey(),
    queryFn: ({ signal }) => new Promise<never>(() => signal.addEventListener("abort", () => (isDropped = true))),
  }).subscribe(() => undefined);
  server.on("logout", ({ headers }) => {
    expect(isDropped).toBe(true);
    expect(session.standing).toBe("CLOSED");
    expect(headers.get("Authorization")).toBe("Bearer held");
    return { message: "Logged out" };
  });
  await signOut(queryClient);
  stop();
  expect(server.to("logout")).toHaveLength(1);
  expect(queryClient.getQueryCache().getAll()).toEqual([]);
});

it("does not take a renewal that was on its way for a session", async () => {
  session.open({ value: "held", expiresAt: Date.now() + 900_000 });
  let answer: (token: RefreshedOut) => void = () => undefined;
  server.on("logout", { message: "Logged out" }).on("refreshSession", () => new Promise<RefreshedOut>((resolve) => (answer = resolve)));
  const renewed = session.renew("held");
  await vi.waitFor(() => expect(server.to("refreshSession")).toHaveLength(1));
  const out = signOut(testQueryClient());
  await vi.waitFor(() => expect(session.standing).toBe("CLOSED"));
  answer({ access_token: "again", refresh_token: "refresh", token_type: "bearer", expires_in: 900, expires_at: "2026-11-21T09:00:00Z" });
  expect(await renewed).toBeNull();
  await out;
  expect(isProbablySignedIn()).toBe(false);
});

describe("where the server", () => {
  const signedIn = () => session.open({ value: "held", expiresAt: Date.now() + 900_000 });

  it("takes the token no more, it is told by the cookie", async () => {
    signedIn();
    server.on("logout", ({ headers }) => (headers.has("Authorization") ? refusal(401, { detail: "Sign in again." }) : { message: "Logged out" }));
    await signOut(testQueryClient());
    expect(server.to("logout").map(({ headers }) => headers.get("Authorization"))).toEqual(["Bearer held", null]);
    expect(isLeaving()).toBe(false);
  });

  it("gives no token, it is told by the cookie", async () => {
    server.on("refreshSession", refusal(500, { detail: "Not now." })).on("logout", { message: "Logged out" });
    await signOut(testQueryClient());
    expect(server.to("logout").map(({ headers }) => headers.get("Authorization"))).toEqual([null]);
  });

  it("knows of no session, it is told nothing", async () => {
    server.on("refreshSession", refusal(401, { detail: "Sign in." }));
    await signOut(testQueryClient());
    expect(server.to("logout")).toEqual([]);
    expect(isLeaving()).toBe(false);
  });

  it("cannot be told, it is told before anybody goes on with the cookie", async () => {
    signedIn();
    server.on("logout", refusal(500, { detail: "Not now." }));
    await expect(signOut(testQueryClient())).rejects.toThrow();
    expect(isLeaving()).toBe(true);
    await expect(session.ensure()).rejects.toThrow();
    server.on("logout", { message: "Logged out" });
    expect(await session.ensure()).toBeNull();
    expect(server.to("refreshSession")).toEqual([]);
    expect(isLeaving()).toBe(false);
  });
});
