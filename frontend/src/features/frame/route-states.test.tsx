import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { brandingOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { StartError } from "./route-states";

const server = testServer();

beforeEach(() => {
  server.on("getVersion", refusal(503, { detail: "Later." }));
});

describe("a page of which a file could not be had", () => {
  const MISSING = ["Failed to fetch dynamically imported module: https://portal.example/assets/login-1.js", "error loading dynamically imported module: /assets/login-1.js", "Importing a module script failed."];

  it.each(MISSING)("says so in a frame, and tries again by itself: %s", async (message) => {
    await renderPage(<StartError error={new TypeError(message)} reset={() => undefined} />);
    expect(screen.getByRole("alert")).toHaveTextContent("Part of this page didn’t load.");
    expect(await screen.findByRole("link", { name: `${brandingOf().name} home page` })).toBeVisible();
    expect(screen.getByRole("timer")).toHaveTextContent(/^Trying again in \d+ seconds…$/);
  });

  it("is loaded anew only when there is a server to load it from", async () => {
    const reload = vi.fn();
    vi.stubGlobal("location", { origin: window.location.origin, href: window.location.href, reload });
    server.on("getHealth", refusal(503, { detail: "Later." }));
    await renderPage(<StartError error={new TypeError(MISSING[0])} reset={() => undefined} />);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await vi.waitFor(() => expect(server.to("getHealth")).toHaveLength(1));
    expect(reload).not.toHaveBeenCalled();
    server.on("getHealth", { status: "ok" } as never);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
  });
});

it("leaves a fault of our own to its reader", async () => {
  await renderPage(<StartError error={new Error("undefined is not a function")} reset={() => undefined} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Try again. If it keeps happening, tell support what you were doing.");
  expect(screen.queryByRole("timer")).not.toBeInTheDocument();
});
