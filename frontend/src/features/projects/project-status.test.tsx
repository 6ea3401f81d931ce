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
  await renderPage(<ProjectStepper project={{ status: "PROPOSED", proposal_status: "DECLINED", previous_status: "DRAFT" }} />);
  const current = (await screen.findByText("Proposal declined")).closest("li");
  expect(current).toHaveAttribute("aria-current", "step");
  expect(current).toHaveClass("text-bad");
  expect(screen.queryByText("Proposed")).not.toBeInTheDocument();
});

it.each<[string, Permission[], number]>([
  ["staff", ["projects:update"], 6],
  ["a client, to whom it means nothing", [], 5],
])("has Archived as a step for %s", async (_who, permissions, count) => {
  await renderPage(<ProjectStepper project={{ status: "IN_PROGRESS", proposal_status: "APPROVED", previous_status: "APPROVED" }} />, { me: { permissions } });
  expect(await screen.findAllByRole("listitem")).toHaveLength(count);
  expect(screen.queryAllByText("Archived")).toHaveLength(count - 5);
});

it("shows a proposal that awaits a decision as a step under way", async () => {
  await renderPage(<ProjectStepper project={{ ...SENT, previous_status: "DRAFT" }} />, { me: { permissions: ["projects:update"] } });
  expect((await screen.findByText("Awaiting decision")).closest("li")).toHaveClass("text-soft-ink");
});

it.each<[string, ProjectStatus | null, ProjectProposalStatus | null, Permission[], string[]]>([
  ["after its proposal was declined, for staff", "PROPOSED", "DECLINED", ["projects:update"], ["Draft (done)", "Proposal declined", "Archived (was: Proposal declined)"]],
  ["after its proposal was declined, for its client", "PROPOSED", "DECLINED", [], ["In preparation (done)", "Proposal declined", "Archived (was: Proposal declined)"]],
  ["while an answer was awaited", "PROPOSED", "SENT", [], ["In preparation (done)", "Proposed (done)", "Archived (was: Proposed)"]],
  ["while it was prepared", "DRAFT", null, [], ["In preparation (done)", "Archived (was: In preparation)"]],
  ["in the middle of its work", "IN_PROGRESS", "APPROVED", ["projects:update"], ["Draft (done)", "Proposed (done)", "Approved (done)", "In progress (done)", "Archived (was: In progress)"]],
  ["once it was completed", "COMPLETED", "APPROVED", ["projects:update"], ["Draft (done)", "Proposed (done)", "Approved (done)", "In progress (done)", "Completed (done)", "Archived"]],
])("ticks what an archived project went through: %s", async (_, previous_status, proposal_status, permissions, told) => {
  await renderPage(<ProjectStepper project={{ status: "ARCHIVED", previous_status, proposal_status }} />, { me: { permissions } });
  await screen.findByRole("list");
  expect(screen.getAllByRole("listitem").map((step) => step.textContent)).toEqual(told);
});

it("ticks nothing that a step by hand skipped", async () => {
  await renderPage(<ProjectStepper project={{ status: "IN_PROGRESS", previous_status: "DRAFT", proposal_status: null }} />, { me: { permissions: ["projects:update"] } });
  await screen.findByRole("list");
  expect(screen.getAllByRole("listitem").map((step) => step.textContent)).toEqual(["Draft (done)", "In progress", "Completed", "Archived"]);
});
