import { linkOptions } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AuditEventOut } from "@/api/generated";
import { useCan } from "@/lib/session/me";
import { TextLink } from "@/ui/primitives/link";
import { record } from "./texts";

type Kind = "project" | "proposal" | "invoice";
type About = Pick<AuditEventOut, "resource_type" | "resource_id" | "metadata">;

/** What an event names its records by. */
const NAMES: Record<Kind, string> = { project: "code", proposal: "title", invoice: "number" };

/** Leads to the record that an entry is about, or to the one that it belongs to; null for whoever may not see it. */
export function useRecordLink(event: About): ReactNode {
  const may: Record<Kind, boolean> = { project: useCan("projects:read"), proposal: useCan("proposals:read"), invoice: useCan("invoices:read") };
  const found = recordOf(event);
  if (!found || !may[found.kind]) return null;
  const { [NAMES[found.kind]]: name, version } = event.metadata;
  return <TextLink {...pageOf(found)}>{record[found.kind](typeof name === "string" ? name : undefined, typeof version === "number" ? version : undefined)}</TextLink>;
}

function recordOf({ resource_type: type, resource_id: id, metadata }: About): { kind: Kind; id: string } | null {
  if ((type === "project" || type === "proposal" || type === "invoice") && id) return { kind: type, id };
  // Runs and workflows have no page of their own, nor have payments.
  const { invoice_id: invoiceId, proposal_id: proposalId, project_id: projectId } = metadata;
  if (typeof invoiceId === "string") return { kind: "invoice", id: invoiceId };
  if (typeof proposalId === "string") return { kind: "proposal", id: proposalId };
  return typeof projectId === "string" ? { kind: "project", id: projectId } : null;
}

function pageOf({ kind, id }: { kind: Kind; id: string }) {
  if (kind === "project") return linkOptions({ to: "/projects/$projectId", params: { projectId: id } });
  if (kind === "proposal") return linkOptions({ to: "/proposals/$proposalId", params: { proposalId: id } });
  return linkOptions({ to: "/invoices/$invoiceId", params: { invoiceId: id } });
}
