import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { refusal, testServer } from "@/testing/server";
import { rememberRegistered } from "./registered-address";
import { VerifyEmail } from "./verify-email";

const server = testServer();
const CONFIRMED = { message: "Confirmed.", email: "thandi@harbour.example" };

afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
});

it("leads on to the sign-in", async () => {
  server.on("verifyEmail", CONFIRMED);
  await renderPage(<VerifyEmail token="first" />);
  expect(await screen.findByRole("heading", { level: 1, name: "Your e-mail address is confirmed" })).toBeVisible();
  expect(document.title).toMatch(/^Your e-mail address is confirmed · /);
  expect(screen.getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/login");
  expect(server.to("verifyEmail").map(({ body }) => body)).toEqual([{ token: "first" }]);
});

it("says of a used link what to do, and leads there", async () => {
  server.on("verifyEmail", refusal(400, { type: "auth/invalid-token", detail: "Request a new link." }));
  await renderPage(<VerifyEmail token="used" />);
  expect(await screen.findByRole("heading", { level: 1, name: "This link has expired or was already used" })).toBeVisible();
  expect(screen.getByText(/request a new link there/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/login");
});

it("does not call a link used that could not be tried, and tries it again", async () => {
  server.on("verifyEmail", refusal(503, { detail: "Try again shortly." }));
  await renderPage(<VerifyEmail token="unlucky" />);
  expect(await screen.findByRole("heading", { level: 1, name: "Your e-mail address couldn’t be confirmed" })).toBeVisible();
  server.on("verifyEmail", CONFIRMED);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Your e-mail address is confirmed" })).toBeVisible();
});

it("leads to a sign-in that has the address, on whatever device the link is opened", async () => {
  server.on("verifyEmail", CONFIRMED);
  const { router } = await renderPage(<VerifyEmail token="elsewhere" />);
  await userEvent.click(await screen.findByRole("link", { name: "Sign in" }));
  await waitFor(() => expect(router.state.location).toMatchObject({ pathname: "/login", state: { email: "thandi@harbour.example" } }));
});

it("leads from a used link to a sign-in that has the address of who registered on this browser, for a day", async () => {
  server.on("verifyEmail", refusal(400, { type: "auth/invalid-token", detail: "Request a new link." }));
  rememberRegistered("thandi@harbour.example");
  const { router, unmount } = await renderPage(<VerifyEmail token="used-here" />);
  await userEvent.click(await screen.findByRole("link", { name: "Sign in" }));
  await waitFor(() => expect(router.state.location).toMatchObject({ pathname: "/login", state: { email: "thandi@harbour.example" } }));
  unmount();
  vi.setSystemTime(Date.now() + 25 * 3_600_000);
  const later = await renderPage(<VerifyEmail token="used-later" />);
  await userEvent.click(await screen.findByRole("link", { name: "Sign in" }));
  await waitFor(() => expect(later.router.state.location.pathname).toBe("/login"));
  expect(later.router.state.location.state.email).toBeUndefined();
});
