import { useSuspenseQuery } from "@tanstack/react-query";
import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Permission, ProposalOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { brandingOf, idOf, meOf, proposalOf, sharedOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { DecisionBar } from "./decision-bar";
import { ProposalDocument } from "./proposal-document";
import { proposalOptions } from "./queries";
import { SharedProposalPage } from "./shared-page";

const server = testServer();
const PROPOSAL = proposalOf({ id: idOf(6) });
const OWNER: Permission[] = ["proposals:decide", "proposals:request_changes"];

const show = async (permissions = OWNER) => {
  const onApproved = vi.fn();
  await renderPage(<DecisionBar proposal={PROPOSAL} onApproved={onApproved} />, { me: { permissions } });
  return onApproved;
};
const buttons = () => screen.queryAllByRole("button").map((button) => button.textContent);
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const dialog = async () => within(await screen.findByRole("dialog", undefined, { timeout: 5_000 }));

describe("the decisions that are offered", () => {
  it.each<[string, Permission[], string[]]>([
    ["an owner: all three", OWNER, ["Decline", "Request changes", "Approve"]],
    ["an administrator: changes", ["proposals:request_changes"], ["Request changes"]],
    ["a user: none", [], []],
  ])("are those of %s", async (_, permissions, expected) => {
    await show(permissions);
    expect(buttons()).toEqual(expected);
  });

  it.each<[string, Permission[], number]>([
    ["an owner, who decides", OWNER, 0],
    ["an administrator", ["proposals:request_changes"], 1],
    ["a user", [], 1],
    ["staff, who wait", ["proposals:write"], 0],
  ])("say who can approve: %s", async (_, permissions, times) => {
    await renderPage(
      <>
        <p>The page</p>
        <DecisionBar proposal={PROPOSAL} />
      </>,
      { me: { permissions } },
    );
    expect(await screen.findByText("The page")).toBeVisible();
    expect(screen.queryAllByText(`An owner of ${PROPOSAL.organization.name} can approve this proposal.`)).toHaveLength(times);
  });
});

it("names the business's tax, as the document does", async () => {
  await renderPage(
    <>
      <ProposalDocument branding={undefined} content={{ ...PROPOSAL, tax_name: "GST" }} />
      <DecisionBar proposal={{ ...PROPOSAL, tax_name: "GST" }} />
    </>,
    { me: { permissions: OWNER } },
  );
  expect(screen.getAllByText("Total incl. GST")).toHaveLength(2);
});

describe("approving", () => {
  it("takes the name as consent to the text that was read", async () => {
    server.on("approveProposal", { ...PROPOSAL, status: "APPROVED" });
    const onApproved = await show();
    await press("Approve");
    const asked = await dialog();
    expect(asked.getByText(/Version 1, R\s1,150\.00 including VAT/)).toBeVisible();
    expect(asked.getByLabelText("Your full name")).toHaveValue("Thandi Nkosi");
    await userEvent.click(asked.getByRole("button", { name: "Approve" }));
    await vi.waitFor(() => expect(onApproved).toHaveBeenCalledOnce());
    // The page itself says who approved it.
    expect(screen.queryByRole("button", { name: "Dismiss" })).not.toBeInTheDocument();
    expect(server.to("approveProposal")[0]).toMatchObject({ path: { proposal_id: PROPOSAL.id }, body: { name: "Thandi Nkosi", content_hash: PROPOSAL.content_hash } });
  });

  it("needs a name", async () => {
    await show();
    await press("Approve");
    const asked = await dialog();
    await userEvent.clear(asked.getByLabelText("Your full name"));
    await userEvent.click(asked.getByRole("button", { name: "Approve" }));
    expect(await asked.findByText("Enter your full name.")).toBeVisible();
    expect(server.to("approveProposal")).toEqual([]);
  });

  it("says when the text was changed meanwhile, and stays open", async () => {
    server.on("approveProposal", refusal(409, { detail: "Reload the proposal and review it again." }));
    const onApproved = await show();
    await press("Approve");
    await userEvent.click((await dialog()).getByRole("button", { name: "Approve" }));
    expect(await (await dialog()).findByText("Reload the proposal and review it again.")).toBeVisible();
    expect(onApproved).not.toHaveBeenCalled();
  });
});

describe("a decision that a colleague took meanwhile", () => {
  const DECIDED: ProposalOut = { ...PROPOSAL, status: "DECLINED", decided_by_name: "Aisha Jacobs", decided_at: "2026-11-21T08:00:00Z" };
  function FollowingBar() {
    const { data } = useSuspenseQuery(proposalOptions(PROPOSAL.id));
    return <DecisionBar proposal={data} />;
  }

  it.each([
    ["Approve", "Approve", "approveProposal"],
    ["Decline", "Decline", "declineProposal"],
  ] as const)("is told in the place of the form, whose button is gone: %s", async (verb, send, operation) => {
    server.on("getProposal", PROPOSAL).on(operation, refusal(409, { detail: "This version is DECLINED." }));
    await renderPage(<FollowingBar />, { me: { permissions: OWNER } });
    await userEvent.click(await screen.findByRole("button", { name: verb }));
    const asked = await dialog();
    server.on("getProposal", DECIDED);
    await userEvent.click(asked.getByRole("button", { name: send }));
    const told = await screen.findByRole("dialog", { name: "Declined by Aisha Jacobs on 21 November 2026" });
    expect(within(told).getByText("The proposal is no longer open, so your answer wasn’t sent.")).toBeVisible();
    expect(buttons()).toEqual(["Close"]);
    await press("Close");
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  });

  it("is told as soon as the page hears of it", async () => {
    server.on("getProposal", PROPOSAL);
    const { queryClient } = await renderPage(<FollowingBar />, { me: { permissions: OWNER } });
    await userEvent.click(await screen.findByRole("button", { name: "Request changes" }));
    await userEvent.type((await dialog()).getByLabelText("What should be different?"), "Cheaper");
    act(() => void queryClient.setQueryData(proposalOptions(PROPOSAL.id).queryKey, { ...DECIDED, status: "EXPIRED" }));
    expect(await screen.findByRole("dialog", { name: "This proposal has expired" })).toBeVisible();
  });
});

describe("asking for changes", () => {
  it("needs the words, and sends them", async () => {
    server.on("requestProposalChanges", { next_id: idOf(62) });
    await show();
    await press("Request changes");
    const asked = await dialog();
    expect(await asked.findByText("Northstar Automation will be notified and can send you a revised version. This version can then no longer be approved.")).toBeVisible();
    await userEvent.click(asked.getByRole("button", { name: "Request changes" }));
    expect(await asked.findByText("Describe what should be different.")).toBeVisible();
    await userEvent.type(asked.getByLabelText("What should be different?"), "Cheaper, please.");
    await userEvent.click(asked.getByRole("button", { name: "Request changes" }));
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(server.to("requestProposalChanges").map(({ body }) => body)).toEqual([{ message: "Cheaper, please." }]);
  });
});

describe("declining", () => {
  it.each([
    ["without a reason", "", {}],
    ["with one", "Too dear", { reason: "Too dear" }],
  ])("works %s", async (_, reason, body) => {
    server.on("declineProposal", { ...PROPOSAL, status: "DECLINED" });
    await show();
    await press("Decline");
    const asked = await dialog();
    if (reason) await userEvent.type(asked.getByLabelText(/^Reason/), reason);
    await userEvent.click(asked.getByRole("button", { name: "Decline" }));
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(server.to("declineProposal")[0]?.body).toEqual(body);
  });
});

describe("behind the viewing link", () => {
  it("a stranger may read, and is led to the sign-in and back", async () => {
    server.on("viewSharedProposal", sharedOf(PROPOSAL));
    await renderPage(<SharedProposalPage token="secret" me={null} branding={undefined} mark="Northstar" pay={() => null} />);
    expect(await screen.findByRole("link", { name: "Sign in to approve" })).toHaveAttribute("href", "/login?next=%2Fp%2Fsecret");
    expect(buttons()).toEqual(["Download PDF"]);
  });

  it("who is signed in as somebody else is told so, and led to another account", async () => {
    server.on("viewSharedProposal", sharedOf(PROPOSAL)).on("getProposal", refusal(404, { type: "not-found", detail: "Not found." }));
    await renderPage(<SharedProposalPage token="secret" me={meOf({ email: "pieter@fynbos.example" })} branding={undefined} mark="Northstar" pay={() => null} />);
    expect(await screen.findByText("You’re signed in as pieter@fynbos.example")).toBeVisible();
    expect(screen.getByRole("link", { name: "Use another account" })).toHaveAttribute("href", "/logout?next=%2Fp%2Fsecret");
    expect(screen.queryByRole("link", { name: "Sign in to approve" })).toBeNull();
  });

  it("who cannot be told from a stranger because the server failed is told that, and may try again", async () => {
    server.on("viewSharedProposal", sharedOf(PROPOSAL)).on("getProposal", refusal(503, { detail: "Try again shortly." }));
    await renderPage(<SharedProposalPage token="secret" me={meOf()} branding={undefined} mark="Northstar" pay={() => null} />);
    expect(await screen.findByText("Try again shortly.")).toBeVisible();
    expect(screen.queryByText(/^You’re signed in as/)).toBeNull();
    server.on("getProposal", PROPOSAL);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("link", { name: "Open in the portal" })).toBeVisible();
  });

  it("says who sends it, and at its foot whom to ask", async () => {
    server.on("viewSharedProposal", sharedOf(PROPOSAL));
    const branding = brandingOf({ legal_name: "Northstar (Pty) Ltd", address: "12 Harbour Road\nCape Town", email: "hello@northstar.example", phone: null });
    await renderPage(<SharedProposalPage token="secret" me={null} branding={branding} mark="Northstar" pay={() => null} />);
    const foot = within(await screen.findByRole("contentinfo"));
    const seller = screen.getByText("From").nextElementSibling;
    expect(seller).toHaveTextContent("Northstar (Pty) Ltd12 Harbour Road Cape Town");
    expect(foot.getByRole("link", { name: "hello@northstar.example" })).toHaveAttribute("href", "mailto:hello@northstar.example");
  });

  it("leads the organization's own people on to the portal, and no stranger", async () => {
    server.on("viewSharedProposal", sharedOf(PROPOSAL)).on("getProposal", PROPOSAL);
    const { unmount } = await renderPage(<SharedProposalPage token="secret" me={meOf()} branding={undefined} mark="Northstar" pay={() => null} />);
    expect(await screen.findByRole("link", { name: "Open in the portal" })).toHaveAttribute("href", `/proposals/${PROPOSAL.id}`);
    unmount();
    await renderPage(<SharedProposalPage token="secret" me={null} branding={undefined} mark="Northstar" pay={() => null} />);
    await screen.findByRole("button", { name: "Download PDF" });
    expect(screen.queryByRole("link", { name: "Open in the portal" })).toBeNull();
  });

  it("the owner decides there, and the page follows", async () => {
    let status: "SENT" | "APPROVED" = "SENT";
    server
      .on("viewSharedProposal", () => sharedOf({ ...PROPOSAL, status }))
      .on("getProposal", () => ({ ...PROPOSAL, status, decided_name: "Thandi Nkosi", decided_at: "2026-11-21T10:00:00Z" }))
      .on("approveProposal", () => {
        status = "APPROVED";
        return { ...PROPOSAL, status };
      });
    const me = meOf({ permissions: OWNER });
    const shown = vi.spyOn(Element.prototype, "scrollIntoView");
    await renderPage(<SharedProposalPage token="secret" me={me} branding={undefined} mark="Northstar" pay={() => "Pay here"} />, { me });
    await userEvent.click(await screen.findByRole("button", { name: "Approve" }));
    await userEvent.click((await dialog()).getByRole("button", { name: "Approve" }));
    expect(await screen.findByText(/^Approved by Thandi Nkosi on/)).toBeVisible();
    expect(screen.getByText("Pay here")).toBeVisible();
    expect(shown.mock.contexts.map((place) => (place as Element).getAttribute("aria-live"))).toContain("polite");
    expect(screen.queryByRole("button", { name: "Decline" })).not.toBeInTheDocument();
  });

  it.each<[ProposalOut["status"], string[]]>([
    ["DECLINED", ["Sign in", "Contact Northstar Automation"]],
    ["EXPIRED", ["Sign in", "Contact Northstar Automation"]],
    ["CHANGES_REQUESTED", ["Sign in", "Contact Northstar Automation"]],
    ["APPROVED", ["Sign in"]],
  ])("leads on whoever reads what is decided: %s", async (status, names) => {
    server.on("viewSharedProposal", sharedOf(PROPOSAL, { status, decided_at: "2026-11-21T10:00:00Z" }));
    await renderPage(<SharedProposalPage token="secret" me={null} branding={brandingOf({ email: "hello@northstar.example" })} mark="Northstar" pay={() => null} />);
    const signIn = await screen.findByRole("link", { name: "Sign in" });
    const notice = within(signIn.closest("[role=status]") ?? document.body);
    expect(notice.getAllByRole("link").map((link) => link.textContent)).toEqual(names);
    expect(signIn).toHaveAttribute("href", "/login?next=%2Fp%2Fsecret");
  });

  it("warns of a newer version", async () => {
    server.on("viewSharedProposal", sharedOf(PROPOSAL, { newer_version: 2, newer_id: idOf(61), status: "SUPERSEDED" }));
    await renderPage(<SharedProposalPage token="secret" me={null} branding={undefined} mark="Northstar" pay={() => null} />);
    expect(await screen.findByText(/^Version 2 is the latest\. .*e-mail from Northstar Automation, or sign in to read it\.$/)).toBeVisible();
    expect(screen.getByRole("link", { name: "Open version 2" })).toHaveAttribute("href", `/proposals/${idOf(61)}`);
    expect(screen.getAllByText(/replaced|newer/)).toHaveLength(1);
    expect(screen.queryByRole("link", { name: "Sign in to approve" })).not.toBeInTheDocument();
  });
});
