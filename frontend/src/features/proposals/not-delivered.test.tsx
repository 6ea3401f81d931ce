import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Permission, UndeliveredOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { pageOf, proposalOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { Outcome } from "./outcome";
import { ProposalsPage } from "./proposals-page";

const server = testServer();
const STAFF: Permission[] = ["proposals:write", "proposals:send"];
const refused: UndeliveredOut = { recipient: "thandi@harbour.example", reason: "REFUSED", at: "2026-11-21T10:00:00Z" };
const LOST = proposalOf({ status: "SENT", undelivered: [refused] });

it.each<[UndeliveredOut, string]>([
  [refused, "The mail server refused the e-mail to thandi@harbour.example. Check the address with your client. If it is correct, the log of your installation has the mail server’s answer."],
  [{ ...refused, reason: "UNREACHABLE" }, "We tried to e-mail thandi@harbour.example for about four days and couldn’t reach the mail server."],
  [{ ...refused, recipient: null, reason: "NO_RECIPIENT" }, `${LOST.organization.name} has no active owner who can get e-mail.`],
])("says why nobody decides: $reason", async (undelivered, words) => {
  await renderPage(<Outcome proposal={{ ...LOST, undelivered: [undelivered] }} />, { me: { permissions: STAFF } });
  expect(await screen.findByText("Version 1 wasn’t delivered")).toBeVisible();
  expect(screen.getByText(words)).toBeVisible();
  expect(screen.queryByText(/hasn’t decided/)).toBeNull();
});

it.each([["that was lost", LOST], ["that arrived", proposalOf({ status: "SENT" })]])("sends a proposal again %s, once it is confirmed", async (_, proposal) => {
  const user = userEvent.setup();
  server.on("sendProposalAgain", proposalOf({ status: "SENT" }));
  await renderPage(<Outcome proposal={proposal} />, { me: { permissions: STAFF } });
  await user.click(await screen.findByRole("button", { name: "Send again" }));
  expect(await screen.findByRole("dialog", { name: "Send “Lead capture and follow-up” again?" })).toHaveTextContent("everyone who is an owner");
  expect(server.to("sendProposalAgain")).toHaveLength(0);
  await user.click(screen.getByRole("button", { name: "Send again" }));
  expect(await screen.findByText("Proposal sent again")).toBeVisible();
  expect(server.to("sendProposalAgain")).toHaveLength(1);
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("says why it is not sent again", async () => {
  const user = userEvent.setup();
  server.on("sendProposalAgain", Response.json({ type: "proposals/wrong-state", title: "The proposal’s status doesn’t allow this", status: 409, detail: "Version 1 has been approved." }, { status: 409 }));
  await renderPage(<Outcome proposal={LOST} />, { me: { permissions: STAFF } });
  await user.click(await screen.findByRole("button", { name: "Send again" }));
  await user.click(await screen.findByRole("button", { name: "Send again" }));
  expect(await screen.findByText("Version 1 has been approved.")).toBeVisible();
});

it("says it in the list, in place of who decides", async () => {
  server.on("listProposals", pageOf([LOST]));
  await renderPage(<ProposalsPage filter={{}} onFilter={() => undefined} />, { me: { permissions: STAFF } });
  expect(await screen.findAllByText("Not delivered")).not.toHaveLength(0);
  expect(screen.queryByText("Awaiting decision", { ignore: "option" })).toBeNull();
});
