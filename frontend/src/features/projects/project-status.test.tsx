import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Permission, ProjectProposalStatus, ProjectStatus } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { ProjectPill, ProjectStepper, projectLook, type StatusReader } from "./project-status";

it.each<[ProjectStatus, ProjectProposalStatus | null, StatusReader, string, string]>([
  ["PROPOSED", "SENT", "staff", "Awaiting decision", "warn"],
  ["PROPOSED", "SENT", "decider", "Awaiting your decision", "warn"],
  ["PROPOSED", "SENT", "client", "Awaiting a decision", "warn"],
  ["PROPOSED", "CHANGES_REQUESTED", "staff", "Changes requested", "warn"],
  ["PROPOSED", "CHANGES_REQUESTED", "decider", "Changes requested", "warn"],
  ["PROPOSED", "DECLINED", "staff", "Proposal declined", "bad"],
  ["PROPOSED", "DECLINED", "client", "Proposal declined", "bad"],
  ["PROPOSED", "EXPIRED", "decider", "Proposal expired", "neutral"],
  // Proposed by hand, or back from a later status: there is nothing better to say.
  ["PROPOSED", null, "staff", "Proposed", "warn"],
  ["PROPOSED", "APPROVED", "client", "Proposed", "warn"],
  ["PROPOSED", "WITHDRAWN" as ProjectProposalStatus, "staff", "Proposed", "warn"],
  // Once it has gone on, or was put away, its own status says more.
  ["IN_PROGRESS", "DECLINED", "staff", "In progress", "info"],
  ["ARCHIVED", "EXPIRED", "client", "Archived", "neutral"],
  ["DRAFT", null, "client", "In preparation", "neutral"],
  ["DRAFT", null, "staff", "Draft", "neutral"],
])("tells a project that is %s, its proposal %s, to %s as “%s”", (status, proposal_status, reader, label, tone) => {
  expect(projectLook({ status, proposal_status }, reader)).toMatchObject({ label, tone });
});

const SENT = { status: "PROPOSED", proposal_status: "SENT" } as const;

it.each<[string, Permission[], string]>([
  ["staff", ["projects:update"], "Awaiting decision"],
  ["the owner", ["proposals:decide"], "Awaiting your decision"],
  ["another member", [], "Awaiting a decision"],
])("speaks to %s", async (_, permissions, label) => {
  await renderPage(<ProjectPill project={SENT} />, { me: { permissions } });
  expect(await screen.findByText(label)).toBeVisible();
});

it("says on the way of the project that its proposal was declined", async () => {
  await renderPage(<ProjectStepper project={{ status: "PROPOSED", proposal_status: "DECLINED" }} />);
  const current = (await screen.findByText("Proposal declined")).closest("li");
  expect(current).toHaveAttribute("aria-current", "step");
  expect(current).toHaveClass("text-bad");
  expect(screen.queryByText("Proposed")).not.toBeInTheDocument();
});

it("shows a proposal that awaits a decision as a step under way", async () => {
  await renderPage(<ProjectStepper project={SENT} />, { me: { permissions: ["projects:update"] } });
  expect((await screen.findByText("Awaiting decision")).closest("li")).toHaveClass("text-soft-ink");
});
