import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Permission, ProposalOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { brandingOf, idOf, pageOf, projectOf, proposalOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { NextProposal } from "./next-proposal";
import { Outcome } from "./outcome";
import { ProposalPage } from "./proposal-page";
import { ProposalPill } from "./proposal-status";

const server = testServer();
const ABOUT = `mailto:hello@northstar.example?subject=${encodeURIComponent("Lead capture and follow-up (PRJ-2026-019, version 1)")}`;
const STAFF: Permission[] = ["proposals:write"];
beforeEach(() => void server.on("getProject", projectOf({ status: "PROPOSED" })));
const versions = (...statuses: ProposalOut["status"][]) => statuses.map((status, index) => proposalOf({ id: idOf(60 + index), version: index + 1, status })).reverse();

async function show(permissions: Permission[], ...statuses: ProposalOut["status"][]) {
  const all = versions(...statuses);
  server.on("listProposals", pageOf(all));
  await renderPage(<Outcome proposal={{ ...(all.at(-1) ?? proposalOf()), decision_note: "Two phases" }} />, { me: { permissions } });
}

describe("a version that is over leads on", () => {
  it.each<[string, Permission[], ProposalOut["status"][], string, string]>([
    ["staff from requested changes to the draft", STAFF, ["CHANGES_REQUESTED", "DRAFT"], "Open version 2", `/proposals/${idOf(61)}`],
    ["staff from a decline to another proposal", STAFF, ["DECLINED"], "Write new proposal", `/proposals/new?project=${idOf(2)}`],
    ["staff from an expired one to another proposal", STAFF, ["EXPIRED"], "Write new proposal", `/proposals/new?project=${idOf(2)}`],
    ["staff from a decline to what was written since", STAFF, ["DECLINED", "DRAFT"], "Open version 2", `/proposals/${idOf(61)}`],
    ["a client from a replaced one to the current", [], ["SUPERSEDED", "SUPERSEDED", "SENT"], "Open version 3", `/proposals/${idOf(62)}`],
  ])("%s", async (_, permissions, statuses, name, href) => {
    await show(permissions, ...statuses);
    expect(await screen.findByRole("link", { name })).toHaveAttribute("href", href);
    expect(screen.getAllByRole("link")).toHaveLength(1);
  });

  it("staff of an archived project are offered nothing to write", async () => {
    server.on("getProject", projectOf({ status: "ARCHIVED" }));
    await show(STAFF, "DECLINED");
    expect(await screen.findByText("“Two phases”")).toBeVisible();
    await vi.waitFor(() => expect(server.to("getProject")).toHaveLength(1));
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("a client who declined is told whom to ask, and offered nothing to write", async () => {
    server.on("getBranding", brandingOf({ email: "hello@northstar.example" }));
    await show([], "DECLINED");
    expect(await screen.findByText("“Two phases”")).toBeVisible();
    expect(await screen.findByRole("link", { name: "Contact Northstar Automation" })).toHaveAttribute("href", ABOUT);
    expect(screen.getByText("Would you like another proposal?")).toBeVisible();
    expect(screen.getAllByRole("link")).toHaveLength(1);
  });
});

const AT = "2026-11-21T10:00:00Z";

it.each<[string, Partial<ProposalOut>, string]>([
  ["who approved, and beside it what was typed instead", { status: "APPROVED", decided_name: "Naledi Dlamini, Managing Director", decided_by_name: "Thandi Nkosi" }, "Approved by Thandi Nkosi on 21 November 2026Signed as “Naledi Dlamini, Managing Director”."],
  ["by what was typed who approved where an earlier release kept no account", { status: "APPROVED", decided_name: "T. Nkosi" }, "Approved by T. Nkosi on 21 November 2026"],
  ["who approved without typing a name", { status: "APPROVED", decided_by_name: "Thandi Nkosi" }, "Approved by Thandi Nkosi on 21 November 2026"],
  ["who declined", { status: "DECLINED", decided_by_name: "Thandi Nkosi" }, "Declined by Thandi Nkosi on 21 November 2026"],
  ["who requested changes", { status: "CHANGES_REQUESTED", decided_by_name: "Thandi Nkosi" }, "Changes requested by Thandi Nkosi on 21 November 2026"],
  ["the day alone where nobody knows who", { status: "DECLINED" }, "Declined on 21 November 2026"],
  ["since when it has expired", { status: "EXPIRED", valid_until_day: "2026-11-20", decided_at: null }, "This proposal expired on 20 November 2026"],
])("tells %s", async (_, parts, words) => {
  server.on("listProposals", pageOf([]));
  await renderPage(<Outcome proposal={proposalOf({ decided_at: AT, ...parts })} />, { me: { permissions: STAFF } });
  await vi.waitFor(() => expect(document.body).toHaveTextContent(words));
});

it.each<[string, Partial<ProposalOut>]>([
  ["as the account is called", { decided_name: "Thandi Nkosi", decided_by_name: "Thandi Nkosi" }],
  ["where no account is known", { decided_name: "T. Nkosi" }],
  ["without a name", { decided_by_name: "Thandi Nkosi" }],
])("tells once what was signed %s", async (_, parts) => {
  server.on("listProposals", pageOf([]));
  await renderPage(<Outcome proposal={proposalOf({ decided_at: AT, status: "APPROVED", ...parts })} />, { me: { permissions: STAFF } });
  expect(await screen.findByText(/Nkosi/)).toBeVisible();
  expect(screen.queryByText(/Signed as/)).not.toBeInTheDocument();
});

describe("a proposal that awaits its client", () => {
  const SENT = proposalOf({ status: "SENT", valid_until_day: "2026-12-21" });

  it("tells staff until when, and gives them its link", async () => {
    const user = userEvent.setup();
    await renderPage(<Outcome proposal={SENT} />, { me: { permissions: STAFF } });
    expect(await screen.findByText(`${SENT.organization.name} hasn’t decided yet`)).toBeVisible();
    expect(screen.getByText(/can decide until 21 December 2026/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copy link" }));
    expect(await navigator.clipboard.readText()).toBe(`${window.location.origin}/proposals/${SENT.id}`);
    expect(await screen.findByText(`Link copied. People at ${SENT.organization.name} can open it after signing in.`)).toBeVisible();
  });

  it.each([
    ["You get an e-mail when they decide.", SENT.sent_by],
    ["Whoever sent it gets an e-mail when they decide.", idOf(9)],
  ])("says who hears of the decision: %s", async (words, sender) => {
    await renderPage(<Outcome proposal={{ ...SENT, sent_by: sender }} />, { me: { id: SENT.sent_by ?? "", permissions: STAFF } });
    expect(await screen.findByText(`Its owners have the link and a PDF, and can decide until 21 December 2026. ${words}`)).toBeVisible();
  });

  it("says how to copy where the browser does not", async () => {
    const user = userEvent.setup();
    vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("blocked"));
    await renderPage(<Outcome proposal={SENT} />, { me: { permissions: STAFF } });
    await user.click(await screen.findByRole("button", { name: "Copy link" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Copy the address of this page");
  });

  it("tells its client nothing of that", async () => {
    await renderPage(<><p>The page</p><Outcome proposal={SENT} /></>, { me: { permissions: ["proposals:decide"] } });
    expect(await screen.findByText("The page")).toBeVisible();
    expect(screen.queryByText(/hasn’t decided/)).not.toBeInTheDocument();
  });
});

it.each<[ProposalOut["status"], string]>([
  ["CHANGES_REQUESTED", "Northstar Automation can now send you a revised version."],
])("names the business to a client: %s", async (status, words) => {
  await show([], status);
  expect(await screen.findByText(words)).toBeVisible();
});

it.each([
  ["a mail that says what it is about", { email: "hello@northstar.example" }, ABOUT],
  ["a call", { email: null, phone: "+27 21 555 0100" }, "tel:+27215550100"],
  ["the page of help", { email: null, phone: null }, "/help"],
])("leads a client of an expired proposal to %s", async (_, parts, href) => {
  server.on("getBranding", brandingOf(parts));
  await show([], "EXPIRED");
  expect(await screen.findByRole("link", { name: "Contact Northstar Automation" })).toHaveAttribute("href", href);
});

describe("a project's proposal", () => {
  it.each<[string, ProposalOut["status"][], string | null]>([
    ["is written first", [], "Write proposal"],
    ["is edited while it is a draft", ["DRAFT"], "Edit proposal"],
    ["is revised when changes were requested", ["CHANGES_REQUESTED", "DRAFT"], "Revise proposal"],
    ["is written anew after a decline", ["SUPERSEDED", "DECLINED"], "Write new proposal"],
    ["is written anew after it expired", ["EXPIRED"], "Write new proposal"],
    ["is the client's while it decides", ["DECLINED", "SENT"], null],
    ["is done once it is approved", ["APPROVED"], null],
  ])("%s", async (_, statuses, name) => {
    await renderPage(
      <>
        <p>The project</p>
        <NextProposal projectId={idOf(2)} status="PROPOSED" versions={versions(...statuses)} />
      </>,
    );
    expect(await screen.findByText("The project")).toBeVisible();
    expect(screen.queryAllByRole("link").map((link) => link.textContent)).toEqual(name ? [name] : []);
  });

  it("is not offered for an archived project", async () => {
    await renderPage(
      <>
        <p>The project</p>
        <NextProposal projectId={idOf(2)} status="ARCHIVED" versions={versions("DECLINED")} />
      </>,
    );
    expect(await screen.findByText("The project")).toBeVisible();
    expect(screen.queryByRole("link")).toBeNull();
  });
});

it("keeps what is to be paid, and the button, in sight of whoever pays", async () => {
  server.on("getProposal", proposalOf({ status: "APPROVED" }));
  await renderPage(<ProposalPage proposalId={idOf(6)} pay={() => "Pay here"} />, { me: { permissions: ["proposals:pay"] } });
  expect(await screen.findByRole("complementary", { name: "Total and next steps" })).toHaveTextContent("Pay here");
  expect(screen.getByRole("heading", { level: 1, name: proposalOf().title })).toBeVisible();
  expect(screen.getByText("Version 1")).toBeVisible();
  expect(screen.getAllByText(/Pay here/)).toHaveLength(1);
});

it("says a status in the reader's words", async () => {
  const { unmount } = await renderPage(<ProposalPill proposal={proposalOf({ status: "SENT" })} />, { me: { permissions: STAFF } });
  expect(await screen.findByText("Awaiting decision")).toBeVisible();
  unmount();
  await renderPage(
    <>
      <ProposalPill proposal={proposalOf({ status: "SENT" })} />
      <ProposalPill proposal={proposalOf({ status: "SUPERSEDED" })} />
    </>,
    { me: { permissions: ["proposals:decide"] } },
  );
  expect(await screen.findByText("Awaiting your decision")).toBeVisible();
  expect(screen.getByText("Replaced")).toBeVisible();
});

it("does not say that a decision is a reader's who cannot take it", async () => {
  await renderPage(<ProposalPill proposal={proposalOf({ status: "SENT" })} />);
  expect(await screen.findByText("Awaiting a decision")).toBeVisible();
});

it.each<[string, ProposalOut["status"][], boolean]>([
  ["while there is none", ["CHANGES_REQUESTED"], true],
  ["no more once it is there", ["CHANGES_REQUESTED", "SENT"], false],
])("tells the client that a revised version can come %s", async (_, statuses, isTold) => {
  server.on("getBranding", brandingOf());
  await show([], ...statuses);
  expect(await screen.findByRole("link", { name: isTold ? "Contact Northstar Automation" : "Open version 2" })).toBeVisible();
  expect(screen.queryAllByText(/can now send you a revised version/)).toHaveLength(isTold ? 1 : 0);
});

describe("while its project is archived, a proposal is closed", () => {
  const CLOSED = proposalOf({ is_closed: true });

  it("staff read why nobody decides, and are offered neither to send nor to pass on", async () => {
    server.on("getProposal", CLOSED);
    await renderPage(<ProposalPage proposalId={CLOSED.id} pay={() => null} />, { me: { permissions: STAFF } });
    expect(await screen.findByText("This proposal is closed")).toBeVisible();
    expect(screen.getByText(`The project is archived, so ${CLOSED.organization.name} can no longer approve this proposal, decline it or request changes.`)).toBeVisible();
    expect(screen.getByText("Closed")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Send again" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Copy link" })).toBeNull();
  });

  it("a client reads so, is told whom to ask, and has nothing to decide", async () => {
    server.on("getBranding", brandingOf({ email: "hello@northstar.example" }));
    server.on("getProposal", CLOSED);
    await renderPage(<ProposalPage proposalId={CLOSED.id} pay={() => null} />, { me: { permissions: ["proposals:decide", "proposals:request_changes"] } });
    expect(await screen.findByText("The project is archived, so this proposal can no longer be approved. Would you still like to go ahead?")).toBeVisible();
    expect(await screen.findByRole("link", { name: "Contact Northstar Automation" })).toHaveAttribute("href", ABOUT);
    for (const name of ["Approve", "Request changes", "Decline"]) expect(screen.queryByRole("button", { name })).toBeNull();
  });
});
