import { QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, it } from "vitest";
import { getDashboardQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { session } from "@/lib/session";
import { testQueryClient } from "@/testing/render-page";
import { testServer } from "@/testing/server";
import { signOut } from "./sign-out";

const server = testServer();

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
