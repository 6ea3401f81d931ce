import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { brandingOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { markLeaving } from "@/lib/session/signed-in-mark";
import { LoginForm } from "./login-form";

const server = testServer();
afterEach(() => localStorage.clear());

async function show() {
  server.on("getBranding", brandingOf({ name: "Harbour Works" })).on("discoverSignIn", { methods: ["password"], organization: null });
  await renderPage(<LoginForm onDone={vi.fn()} email="thandi@harbour.example" />);
  expect(await screen.findByText("Enter your e-mail address to continue to Harbour Works.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Continue" }));
  await screen.findByLabelText("Password");
}

it("names the business at both steps, and goes back to another address", async () => {
  await show();
  expect(screen.getByText("Enter your password to continue to Harbour Works.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Use a different e-mail address" }));
  expect(await screen.findByRole("button", { name: "Continue" })).toBeVisible();
});

it("leads whoever cannot sign in to the guide on that", async () => {
  await show();
  expect(screen.getByRole("link", { name: "Trouble signing in?" })).toHaveAttribute("href", "/docs/your-account#if-you-cant-sign-in");
});

it("offers a new link where the address waits for its verification, and promises no more than is sent", async () => {
  await show();
  server.on("login", refusal(403, { type: "auth/email-not-verified", detail: "Check your inbox." })).on("resendVerification", { message: "Sent." });
  await userEvent.type(screen.getByLabelText("Password"), "Lighthouse-7");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  await userEvent.click(await screen.findByRole("button", { name: "Send the link again" }));
  expect(await screen.findByText("If thandi@harbour.example still needs to be confirmed, a new link is on its way.")).toBeVisible();
  expect(server.to("resendVerification").map(({ body }) => body)).toEqual([{ email: "thandi@harbour.example" }]);
});

it("says in a tab that was open that it was signed out, while another one is still telling the server", async () => {
  server.on("getBranding", brandingOf());
  markLeaving(true);
  await renderPage(<LoginForm hasEnded onDone={vi.fn()} />);
  expect(await screen.findByRole("alert")).toHaveTextContent("You were signed out. Sign in to go back to the page you were on.");
});
