import { linkOptions } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AuditEventOut } from "@/api/generated";
import { useCan } from "@/lib/session/me";
import { TextLink } from "@/ui/primitives/link";
import { record } from "./texts";

type Kind = "project" | "proposal" | "invoice";

/** Leads to the record that an entry is about, or to the project that it belongs to; null for whoever may not see it. */
export function useRecordLink(event: Pick<AuditEventOut, "resource_type" | "resource_id" | "metadata">): ReactNode {
  const may: Record<Kind, boolean> = { project: useCan("projects:read"), proposal: useCan("proposals:read"), invoice: useCan("invoices:read") };
  const found = recordOf(event);
  if (!found || !may[found.kind]) return null;
  return <TextLink {...pageOf(found)}>{record[found.kind]}</TextLink>;
}

function recordOf({ resource_type: type, resource_id: id, metadata }: Parameters<typeof useRecordLink>[0]): { kind: Kind; id: string } | null {
  if ((type === "project" || type === "proposal" || type === "invoice") && id) return { kind: type, id };
  // Runs and workflows have no page of their own, nor have payments.
  const { proposal_id: proposalId, project_id: projectId } = metadata;
  if (typeof proposalId === "string") return { kind: "proposal", id: proposalId };
  return typeof projectId === "string" ? { kind: "project", id: projectId } : null;
}

function pageOf({ kind, id }: { kind: Kind; id: string }) {
  if (kind === "project") return linkOptions({ to: "/projects/$projectId", params: { projectId: id } });
  if (kind === "proposal") return linkOptions({ to: "/proposals/$proposalId", params: { proposalId: id } });
  return linkOptions({ to: "/invoices/$invoiceId", params: { invoiceId: id } });
}
