import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { Permission } from "@/api/generated";
import { BusinessPage } from "@/features/business/business-page";
import { ProfileStep } from "@/features/onboarding/profile-step";
import { DecisionBar } from "@/features/proposals/decision-bar";
import DraftPage from "@/features/proposals/draft-page";
import { renderPage } from "@/testing/render-page";
import { brandingOf, businessOf, idOf, meOf, onboardingOf, proposalOf } from "@/testing/samples";
import { testServer } from "@/testing/server";

const server = testServer();
const NOTICE = "We kept what you typed";
const DRAFT = proposalOf({ id: idOf(6), status: "DRAFT", title: "Lead capture", revision: 3 });

beforeEach(() => {
  sessionStorage.clear();
  server.on("listTaxRates", { items: [] });
});

/** The page goes as a browser lets it go. */
function leave() {
  act(() => void window.dispatchEvent(new PageTransitionEvent("pagehide")));
  cleanup();
}

async function openDraft(draft = DRAFT) {
  server.on("getBusiness", businessOf()).on("getProposal", draft).on("updateProposal", ({ body }) => ({ ...draft, title: body.title ?? draft.title, revision: draft.revision + 1 }));
  await renderPage(<DraftPage proposalId={draft.id} sent="What was sent" />);
  return screen.findByLabelText("Title");
}

it("puts a draft back, and takes it as one of the revision that was edited", async () => {
  await userEvent.type(await openDraft(), " for the spring");
  await userEvent.click(screen.getByRole("button", { name: "Add line" }));
  leave();
  expect(await openDraft()).toHaveValue("Lead capture for the spring");
  expect(screen.getByText(NOTICE)).toBeVisible();
  expect(screen.getByLabelText(`Line ${DRAFT.line_items.length + 1} description`)).toHaveValue("");
  expect(screen.queryByText(/^This draft was saved elsewhere/)).not.toBeInTheDocument();
});

it("asks whose draft counts where somebody else saved one meanwhile", async () => {
  await userEvent.type(await openDraft(), " for the spring");
  leave();
  expect(await openDraft({ ...DRAFT, revision: 4, title: "Lead capture, revised" })).toHaveValue("Lead capture for the spring");
  await userEvent.click(screen.getByRole("button", { name: "Keep mine" }));
  await userEvent.click(screen.getByRole("button", { name: "Save draft" }));
  await vi.waitFor(() => expect(server.to("updateProposal")[0]?.headers.get("If-Match")).toBe('"4"'));
  await vi.waitFor(() => expect(screen.queryByText(NOTICE)).not.toBeInTheDocument());
});

it("opens the dialog of a decision again", async () => {
  server.on("getBranding", brandingOf());
  const show = () => renderPage(<DecisionBar proposal={proposalOf({ id: idOf(6) })} />, { me: { permissions: ["proposals:decide", "proposals:request_changes"] } });
  await show();
  await userEvent.click(screen.getByRole("button", { name: "Request changes" }));
  await userEvent.type(await screen.findByRole("textbox"), "Split the price.");
  leave();
  await show();
  const dialog = within(await screen.findByRole("dialog", { name: "Request changes" }));
  await dialog.findByText(NOTICE);
  expect(dialog.getByRole("textbox")).toHaveValue("Split the price.");
});

it.each([
  ["reload", false],
  ["step back", true],
])("puts a step of the onboarding back after a %s, and nothing once it was saved", async (_, isBack) => {
  server.on("getOnboarding", onboardingOf(1)).on("updateOnboardingProfile", onboardingOf(1)).on("completeOnboardingStep", onboardingOf(2)).on("getMe", meOf());
  const show = () => renderPage(<ProfileStep />);
  await show();
  await userEvent.type(await screen.findByLabelText("Job title"), "Head of logistics");
  if (isBack) await userEvent.click(screen.getByRole("link", { name: "Back" }));
  else leave();
  cleanup();
  const { router } = await show();
  expect(await screen.findByLabelText("Job title")).toHaveValue("Head of logistics");
  expect(screen.getByText(NOTICE)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Save and continue" }));
  await vi.waitFor(() => expect(router.state.location.pathname).toBe("/onboarding/checklist"));
  expect(sessionStorage).toHaveLength(0);
});

const SETTINGS: Permission[] = ["business:read", "business:write"];
const showSettings = (section: "identity" | "money") => renderPage(<BusinessPage section={section} />, { me: { permissions: SETTINGS } });

it("saves settings on the revision that was edited where another one changed the same part", async () => {
  server.on("getBusiness", businessOf({ revision: 7 })).on("updateBusiness", businessOf({ revision: 10 }));
  await showSettings("identity");
  await userEvent.type(await screen.findByLabelText(/Trading name/), " Ltd");
  leave();
  server.on("getBusiness", businessOf({ revision: 9, legal_name: "Northstar Holdings" }));
  await showSettings("identity");
  expect(await screen.findByLabelText(/Trading name/)).toHaveValue(`${businessOf().name} Ltd`);
  const card = within(screen.getByRole("heading", { name: "Name and address" }).closest("section") ?? document.body);
  await userEvent.click(card.getByRole("button", { name: "Save changes" }));
  await vi.waitFor(() => expect(server.to("updateBusiness")[0]?.headers.get("If-Match")).toBe('"7"'));
});

it.each([
  ["identity", /VAT number/, "4123456789"],
  ["money", /^Account number/, "62000012345"],
] as const)("keeps no number that the database encrypts: %s", async (section, label, number) => {
  server.on("getBusiness", businessOf());
  await showSettings(section);
  await userEvent.type(await screen.findByLabelText(label), number);
  leave();
  expect(sessionStorage.getItem("capecontrol.unsaved")).toBeNull();
});
