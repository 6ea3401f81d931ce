import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { ProposalOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { businessOf, proposalOf } from "@/testing/samples";
import { held, refusal, testServer } from "@/testing/server";
import DraftPage from "./draft-page";
import { proposalOptions } from "./queries";

const server = testServer();
const MINE = proposalOf({ status: "DRAFT", title: "As I opened it", revision: 3 });
const THEIRS = proposalOf({ status: "DRAFT", title: "As they saved it", amount: 200_000, revision: 4, updated_at: new Date().toISOString() });
const SENT: ProposalOut = { ...THEIRS, status: "SENT", revision: 5, sent_at: new Date().toISOString() };
const ADVICE = "Someone else has saved this draft since you opened it.";

/** Opens the draft at revision 3 with a server that, as the real one, takes a change of its own revision only. */
async function open() {
  let stored = MINE;
  const ifCurrent = (headers: Headers, next: () => ProposalOut) => (headers.get("If-Match") === `"${String(stored.revision)}"` ? (stored = next()) : refusal(412, { detail: ADVICE }));
  server
    .on("getBusiness", businessOf())
    .on("listTaxRates", { items: [] })
    .on("getProposal", () => stored)
    .on("updateProposal", ({ headers, body }) => ifCurrent(headers, () => ({ ...stored, title: body.title ?? stored.title, revision: stored.revision + 1 })))
    .on("sendProposal", ({ headers }) => ifCurrent(headers, () => ({ ...stored, status: "SENT", revision: stored.revision + 1 })));
  const { queryClient } = await renderPage(<DraftPage proposalId={MINE.id} sent="What was sent" />);
  await screen.findByLabelText("Line 1 description");
  return {
    /** Lets a colleague act, without this page's knowledge. */
    theirs: (next: ProposalOut) => {
      stored = next;
    },
    /** Comes back to the window. */
    focus: () => act(() => queryClient.refetchQueries({ queryKey: proposalOptions(MINE.id).queryKey })),
    stored: () => stored,
  };
}

const title = () => screen.getByLabelText("Title");
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const pressIn = async (dialog: HTMLElement, name: string) => userEvent.click(await within(dialog).findByRole("button", { name }));
const sentRevisions = (operation: "updateProposal" | "sendProposal") => server.to(operation).map(({ headers }) => headers.get("If-Match"));
const newer = () => screen.findByText(/^This draft was saved elsewhere at \d/);
async function type(text: string) {
  await userEvent.clear(title());
  await userEvent.type(title(), text);
}

describe("a draft that a colleague saves meanwhile", () => {
  it("is saved as the revision that the writer saw, which the server refuses", async () => {
    const draft = await open();
    await type("Mine");
    draft.theirs(THEIRS);
    await draft.focus();
    expect(await newer()).toBeVisible();
    await press("Save draft");
    await vi.waitFor(() => expect(sentRevisions("updateProposal")).toEqual(['"3"']));
    expect(await newer()).toBeVisible();
    expect(screen.queryByText("Draft saved")).not.toBeInTheDocument();
    expect(title()).toHaveValue("Mine");
    expect(draft.stored()).toBe(THEIRS);
  });

  it("is sent as what the sender saw, and then offers the newest", async () => {
    const draft = await open();
    await press("Send proposal");
    const dialog = await screen.findByRole("dialog", { name: "Send “As I opened it”?" });
    draft.theirs({ ...THEIRS, revision: 5 });
    await draft.focus();
    expect(dialog).toHaveTextContent(/\(R\s1,150\.00\) will be e-mailed/);
    await pressIn(dialog, "Send proposal");
    expect(await within(dialog).findByText(ADVICE)).toBeVisible();
    expect(sentRevisions("sendProposal")).toEqual(['"4"']);
    expect(within(dialog).queryByRole("button", { name: "Send proposal" })).not.toBeInTheDocument();
    await pressIn(dialog, "Show the latest draft");
    await vi.waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(title()).toHaveValue("As they saved it");
    expect(screen.getByLabelText("Price (ZAR)")).toHaveValue("2000.00");
    await press("Send proposal");
    expect(await screen.findByRole("dialog")).toHaveTextContent(/\(R\s2,300\.00\) will be e-mailed/);
    expect(sentRevisions("updateProposal")).toEqual(['"3"', '"5"']);
  });

  it("can be shown, at once where nothing was typed", async () => {
    const draft = await open();
    draft.theirs(THEIRS);
    await draft.focus();
    await newer();
    await press("Show the saved draft");
    expect(title()).toHaveValue("As they saved it");
    expect(screen.queryByText(/^This draft was saved elsewhere/)).not.toBeInTheDocument();
    await press("Save draft");
    expect(await screen.findByText("Draft saved")).toBeVisible();
    expect(sentRevisions("updateProposal")).toEqual(['"4"']);
  });

  it("asks before it takes the place of what was typed", async () => {
    const draft = await open();
    await type("Mine");
    draft.theirs(THEIRS);
    await draft.focus();
    await newer();
    await press("Show the saved draft");
    const dialog = await screen.findByRole("dialog", { name: "Show the saved draft?" });
    expect(screen.getByDisplayValue("Mine")).toBeInTheDocument();
    await pressIn(dialog, "Show the saved draft");
    await vi.waitFor(() => expect(title()).toHaveValue("As they saved it"));
  });

  it.each(["Save draft", "Send proposal"])("is asked about again by each press of %s, which cannot do it before", async (verb) => {
    const draft = await open();
    await type("Mine");
    draft.theirs(THEIRS);
    for (let presses = 0; presses < 2; presses++) {
      await press(verb);
      const question = (await newer()).closest("[tabindex]");
      await vi.waitFor(() => expect(question).toHaveFocus());
      (document.activeElement as HTMLElement).blur();
    }
    expect(sentRevisions("updateProposal")).toEqual(['"3"', '"3"']);
  });

  it("gives way to the writer's, who knows of it", async () => {
    const draft = await open();
    await type("Mine");
    draft.theirs(THEIRS);
    await press("Save draft");
    await newer();
    await press("Keep mine");
    expect(screen.queryByText(/^This draft was saved elsewhere/)).not.toBeInTheDocument();
    expect(title()).toHaveValue("Mine");
    await press("Save draft");
    expect(await screen.findByText("Draft saved")).toBeVisible();
    expect(sentRevisions("updateProposal")).toEqual(['"3"', '"4"']);
    expect(draft.stored().title).toBe("Mine");
    expect(server.to("updateProposal")[1]?.body.line_items?.[0]?.unit_price.amount).toBe(100_000);
  });
});

describe("a draft that is saved while somebody types", () => {
  it("keeps what was typed, and is not sent without it", async () => {
    const draft = await open();
    await type("Mine");
    const { answer, release } = held({ ...MINE, title: "Mine", revision: 4 });
    server.on("updateProposal", answer);
    await press("Send proposal");
    await vi.waitFor(() => expect(server.to("updateProposal")).toHaveLength(1));
    await userEvent.type(title(), " and more");
    draft.theirs({ ...MINE, title: "Mine", revision: 4 });
    release();
    expect(await screen.findByText("Draft saved")).toBeVisible();
    expect(title()).toHaveValue("Mine and more");
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
    expect(server.to("sendProposal")).toHaveLength(0);
  });
});

describe("a draft that a colleague sends meanwhile", () => {
  it("leaves the editor at once where nothing was typed", async () => {
    const draft = await open();
    draft.theirs(SENT);
    await draft.focus();
    expect(await screen.findByText("What was sent")).toBeVisible();
  });

  it("keeps what was typed until it is copied or discarded", async () => {
    const user = userEvent.setup();
    const draft = await open();
    await type("Mine");
    draft.theirs(SENT);
    await draft.focus();
    expect(await screen.findByText(/^This proposal was sent at \d.*\. Your changes were not saved\.$/)).toBeVisible();
    expect(title()).toHaveValue("Mine");
    expect(screen.queryByRole("button", { name: "Save draft" })).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Copy my text" }));
    expect(await screen.findByText("Text copied.")).toBeVisible();
    expect(await navigator.clipboard.readText()).toContain("Mine\n\nDiscovery workshop: 1 × 1000.00 ZAR, tax 15%");
    await press("Discard my changes");
    expect(await screen.findByText("What was sent")).toBeVisible();
  });

  it("is not saved over", async () => {
    const draft = await open();
    await type("Mine");
    draft.theirs(SENT);
    server.on("updateProposal", refusal(409, { detail: "This version is SENT." }));
    await press("Save draft");
    expect(await screen.findByText(/^This proposal was sent/)).toBeVisible();
    expect(title()).toHaveValue("Mine");
  });
});
