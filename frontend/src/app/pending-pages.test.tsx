import { cleanup, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { markConsole } from "@/lib/face-mark";
import { session } from "@/lib/session";
import { markSignedIn } from "@/lib/session/signed-in-mark";
import { renderApp } from "@/testing/render-app";
import { versionOf } from "@/testing/samples";
import { held, testServer } from "@/testing/server";

const server = testServer();

beforeEach(() => {
  localStorage.clear();
  window.capecontrolRefresh = undefined;
  markSignedIn(true);
  server.on("getVersion", versionOf()).on("refreshSession", held({} as never).answer);
});
afterEach(() => {
  cleanup();
  session.end();
});

const shape = async () => (await screen.findByRole("status", { name: "Loading", busy: true }, { timeout: 5_000 })).dataset.shape;

it.each([
  ["/projects", "list"],
  ["/projects/0199", "record"],
  ["/proposals/0199", "document"],
  ["/proposals/new?project=0199", "sheet"],
  ["/invoices/0199", "sheet"],
  ["/admin/business", "settings"],
  ["/settings/profile", "settings"],
  ["/help", "guides"],
])("holds the place of %s as a %s while it loads", async (address, expected) => {
  renderApp(address);
  expect(await shape()).toBe(expected);
});

it.each([
  [true, "figures"],
  [false, "needs"],
])("begins the dashboard as its last reader’s does: staff %s, %s", async (isStaff, expected) => {
  markConsole(isStaff);
  renderApp("/dashboard");
  expect(await shape()).toBe(expected);
});

it.each(["/login", "/logout", "/onboarding/profile"])("has no page of the app in the place of %s while it loads", async (address) => {
  renderApp(address);
  expect(await shape()).toBeUndefined();
});
