import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useEffect } from "react";
import { afterEach, expect, it } from "vitest";
import { renderPage } from "@/testing/render-page";
import { brandingOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { RegisterCredentials } from "./register-credentials";
import { RegisterOrganization } from "./register-organization";
import { RegistrationDraftProvider, useRegistrationDraft } from "./registration-draft";

const server = testServer();

afterEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

/** All that this browser keeps. */
const kept = () => [sessionStorage, localStorage].flatMap((storage) => Array.from({ length: storage.length }, (_, index) => storage.getItem(storage.key(index) ?? ""))).join();

/** The second step, as the first has left it. */
function SecondStep() {
  const { draft, keep } = useRegistrationDraft();
  useEffect(() => keep({ organization_name: "Harbour Logistics", full_name: "Thandi Nkosi", email: "" }), [keep]);
  return draft && <RegisterCredentials />;
}

async function send(password = "Lighthouse-7") {
  server.on("getBranding", brandingOf({ name: "Harbour Works", email: "hello@harbour.example", phone: null }));
  await renderPage(
    <RegistrationDraftProvider>
      <SecondStep />
    </RegistrationDraftProvider>,
  );
  await userEvent.type(await screen.findByLabelText("E-mail address"), "thandi@harbour.example");
  await userEvent.type(screen.getByLabelText("Password"), password);
  await userEvent.click(screen.getByRole("button", { name: "Create account" }));
}

it("says at the first step whose portal it is", async () => {
  server.on("getBranding", brandingOf({ name: "Harbour Works" }));
  await renderPage(
    <RegistrationDraftProvider>
      <RegisterOrganization />
    </RegistrationDraftProvider>,
  );
  expect(await screen.findByText("Review proposals, pay invoices and follow your projects with Harbour Works.")).toBeVisible();
});

it("refuses a web address in a name at the step that asks for it", async () => {
  server.on("getBranding", brandingOf({ name: "Harbour Works" }));
  await renderPage(
    <RegistrationDraftProvider>
      <RegisterOrganization />
    </RegistrationDraftProvider>,
  );
  await userEvent.type(await screen.findByLabelText("Organization"), "Refund at HTTPS://evil.example");
  await userEvent.type(screen.getByLabelText("Your name"), "www.evil.example");
  await userEvent.click(screen.getByRole("button", { name: "Continue" }));
  for (const label of ["Organization", "Your name"]) {
    expect(screen.getByLabelText(label)).toHaveAccessibleDescription(expect.stringContaining("A name can’t contain a web address."));
  }
});

it("says where to look for the e-mail, in words that fit an address with an account, too", async () => {
  server.on("register", { org_id: "0190", user_id: "0191", message: "Sent." });
  await send();
  expect(await screen.findByRole("heading", { level: 1, name: "Check your e-mail" })).toBeVisible();
  expect(screen.getByText("thandi@harbour.example")).toBeVisible();
  expect(screen.getByText(/^Open the link in the e-mail sent to/)).toBeVisible();
});

it("says whom to ask where the address was mistyped", async () => {
  server.on("register", { org_id: "0190", user_id: "0191", message: "Sent." });
  await send();
  expect(await screen.findByText(/^Wrong address\? Write to/)).toHaveTextContent("Wrong address? Write to Harbour Works at hello@harbour.example.");
  expect(screen.getByRole("link", { name: "hello@harbour.example" })).toHaveAttribute("href", "mailto:hello@harbour.example");
});

it("says what to do where the organization has an account already", async () => {
  server.on("register", refusal(409, { type: "organizations/name-taken", detail: "Choose another name." }));
  await send();
  expect(await screen.findByText("An organization called “Harbour Logistics” already has an account. If it is yours, contact Harbour Works. If not, go back and enter a different name.")).toBeVisible();
});

it("asks for a stronger password before anything is sent", async () => {
  await send("short");
  expect(screen.getByLabelText("Password")).toHaveAccessibleDescription("Choose a password that meets every requirement below.");
  expect(server.to("register")).toEqual([]);
});

it("keeps both steps over a reload, and the password nowhere", async () => {
  server.on("register", { org_id: "0190", user_id: "0191", message: "Sent." });
  const page = (
    <RegistrationDraftProvider>
      <RegisterCredentials />
    </RegistrationDraftProvider>
  );
  sessionStorage.setItem("capecontrol.registration-draft", JSON.stringify({ organization_name: "Harbour Logistics", full_name: "Thandi Nkosi" }));
  const { unmount } = await renderPage(page);
  await userEvent.type(await screen.findByLabelText("E-mail address"), "thandi@harbour.example");
  unmount();
  await renderPage(page);
  expect(await screen.findByLabelText("E-mail address")).toHaveValue("thandi@harbour.example");
  await userEvent.type(screen.getByLabelText("Password"), "Lighthouse-7");
  expect(kept()).not.toContain("Lighthouse-7");
  await userEvent.click(screen.getByRole("button", { name: "Create account" }));
  await screen.findByRole("heading", { level: 1, name: "Check your e-mail" });
  expect(server.to("register")[0]?.body).toMatchObject({ organization_name: "Harbour Logistics", full_name: "Thandi Nkosi" });
  expect(sessionStorage).toHaveLength(0);
  expect(kept()).not.toContain("Lighthouse-7");
});

it("begins anew where what is kept is no draft", async () => {
  sessionStorage.setItem("capecontrol.registration-draft", JSON.stringify({ organization_name: 7 }));
  const { router } = await renderPage(
    <RegistrationDraftProvider>
      <RegisterCredentials />
    </RegistrationDraftProvider>,
  );
  await waitFor(() => expect(router.state.location.pathname).toBe("/register/step-1"));
});
