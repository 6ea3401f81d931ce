import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toApiError } from "./problem";
import { createQueryClient } from "./query-client";

const REFUSED = { title: "Not now", status: 503 };

/** Asks a server that refuses at first, and says after how many milliseconds it was asked each time, and how it ended. */
async function askToTheEnd(status: number, headers: Record<string, string>, refusals: number) {
  const began = Date.now();
  const times: number[] = [];
  const client = createQueryClient();
  const answer = client.query({
    queryKey: ["asked"],
    // Outside of a page the library's default is not to ask again.
    retry: client.getDefaultOptions().queries?.retry,
    queryFn: () => {
      times.push(Date.now() - began);
      if (times.length <= refusals) throw toApiError({ ...REFUSED, status }, new Response(null, { status, headers }));
      return "there";
    },
  });
  const settled = answer.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return { times, end: await settled };
}

const ask = async (status: number, headers: Record<string, string>, refusals = 1) => (await askToTheEnd(status, headers, refusals)).times;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("asking again", () => {
  it("waits as long as the server says, and a little of its own", async () => {
    expect(await ask(503, { "Retry-After": "2" })).toEqual([0, 2_500]);
    expect(await ask(429, { "Retry-After": "7" })).toEqual([0, 7_500]);
  });

  it("waits longer each time where the server says nothing, and gives up after two", async () => {
    expect(await ask(500, {}, 9)).toEqual([0, 1_000, 3_000]);
  });

  it("waits for a time that the server names once, then tells the reader", async () => {
    const { times, end } = await askToTheEnd(503, { "Retry-After": "10" }, 9);
    expect(times).toEqual([0, 10_500]);
    expect(end).toMatchObject({ name: "ApiError", detail: "Not now" });
  });

  it("does not wait for more than ten seconds", async () => {
    expect(await ask(503, { "Retry-After": "10" })).toEqual([0, 10_500]);
    expect(await ask(503, { "Retry-After": "11" })).toEqual([0]);
  });

  it("is left to the reader where it would take long, or cannot help", async () => {
    expect(await ask(429, { "Retry-After": "900" })).toEqual([0]);
    expect(await ask(429, {})).toEqual([0]);
    expect(await ask(404, { "Retry-After": "1" })).toEqual([0]);
  });
});
