import { readFileSync } from "node:fs";
import path from "node:path";
import { createMemoryHistory } from "@tanstack/react-router";
import { describe, expect, it } from "vitest";
import { testQueryClient } from "@/testing/render-page";
import { makeRouter } from "./router";

/** Where the server leads people: in mails, on dashboards and timelines, back from a payment. Its own test keeps the list whole. */
const LED_TO = JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../../../backend/tests/core/pages.json"), "utf8")) as string[];

const shapeOf = (address: string) => address.replaceAll(/\{\w+\}|\$\w+/g, "*").replace(/(?<=.)\/$/, "");

/** Gives the page that an address opens, and what it reads of the query. */
function opened(address: string) {
  const router = makeRouter(testQueryClient(), createMemoryHistory({ initialEntries: [address] }));
  const { pathname, search: asked }: { pathname: string; search: Record<string, unknown> } = router.latestLocation;
  // The router types a match by its route; which one it is, is the question here.
  const matches: { fullPath: string; _strictSearch: unknown }[] = router.matchRoutes(pathname, asked);
  const match = matches.at(-1);
  return { shape: shapeOf(match?.fullPath ?? ""), read: match?._strictSearch ?? {}, asked };
}

describe("an address that the server sends", () => {
  it.each(LED_TO)("opens a page that reads all of it: %s", (address) => {
    const { shape, read, asked } = opened(address.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === "day" ? "2026-11-01" : name)));
    expect(shape).toBe(shapeOf(address.replace(/\?.*/, "")));
    expect(read).toMatchObject(asked);
  });

  it("is found untrue where there is no such page, or the page does not read the query", () => {
    expect(opened("/workflows").shape).not.toBe("/workflows");
    const { read, asked } = opened("/admin/workflows?state=FAILED");
    expect(read).not.toMatchObject(asked);
  });
});
