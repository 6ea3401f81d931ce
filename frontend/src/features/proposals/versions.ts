import { useQuery } from "@tanstack/react-query";
import type { ProjectStatus, ProposalOut, ProposalStatus } from "@/api/generated";
import { proposalListOptions } from "./queries";

type Version = Pick<ProposalOut, "id" | "version" | "status">;

/** What comes next for staff on a project: a first proposal, another one, or the draft that is there. */
export type NextProposal = { kind: "write" | "write-new" } | { kind: "revise" | "edit"; draft: Version };

const OVER: readonly ProposalStatus[] = ["DECLINED", "EXPIRED", "SUPERSEDED"];

/** Says whether a project can have another proposal. */
export function isOpenForProposals(project: ProjectStatus): boolean {
  return project !== "ARCHIVED" && project !== "COMPLETED";
}

/** Says whether a proposal can be decided on: it was sent, and its project goes on. */
export function isAwaitingDecision({ status, is_closed: isClosed }: Pick<ProposalOut, "status" | "is_closed">): boolean {
  return status === "SENT" && !isClosed;
}

/** Gives what comes next for staff on a project, by its versions; nothing while a client decides or once one is approved. */
export function nextProposal(project: ProjectStatus, versions: readonly Version[]): NextProposal | null {
  if (!isOpenForProposals(project)) return null;
  const draft = versions.find(({ status }) => status === "DRAFT");
  if (draft) return { kind: versions.some(({ status }) => status === "CHANGES_REQUESTED") ? "revise" : "edit", draft };
  if (versions.some(({ status }) => !OVER.includes(status))) return null;
  return { kind: versions.length === 0 ? "write" : "write-new" };
}

/** Gives the version whose content another one begins with: the newest, where nothing came of it. */
export function versionBefore<One extends Version>(versions: readonly One[]): One | undefined {
  const newest = versions.toSorted((one, other) => other.version - one.version)[0];
  return newest && OVER.includes(newest.status) ? newest : undefined;
}

/** Gives the newest version after one that is over; a client knows of none that was not sent. */
export function useNewerVersion({ project_id, version, status }: Pick<ProposalOut, "project_id" | "version" | "status">): Version | undefined {
  const isOver = status === "CHANGES_REQUESTED" || OVER.includes(status);
  const { data } = useQuery({ ...proposalListOptions({ project_id }), enabled: isOver });
  const newer = data?.items.filter((other) => isOver && other.version > version) ?? [];
  return newer.toSorted((one, other) => other.version - one.version)[0];
}
