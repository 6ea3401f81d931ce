import { linkOptions } from "@tanstack/react-router";
import type { AuditEventOut } from "@/api/generated";
import { useCan } from "@/lib/session/me";
import { TextLink } from "@/ui/primitives/link";
import { records } from "./texts";

type AuditRecord = NonNullable<AuditEventOut["record"]>;

/** Names the record that an entry is about, and leads to it whoever may see it. */
export function RecordName({ record }: { record: AuditRecord }) {
  const may: Record<AuditRecord["type"], boolean> = { project: useCan("projects:read"), proposal: useCan("proposals:read"), invoice: useCan("invoices:read") };
  return (
    <span className="flex flex-col">
      <span>{may[record.type] ? <TextLink {...pageOf(record)}>{record.name}</TextLink> : record.name}</span>
      <span className="text-sm text-ink-2">{records[record.type]}</span>
    </span>
  );
}

function pageOf({ type, id }: AuditRecord) {
  if (type === "project") return linkOptions({ to: "/projects/$projectId", params: { projectId: id } });
  if (type === "proposal") return linkOptions({ to: "/proposals/$proposalId", params: { proposalId: id } });
  return linkOptions({ to: "/invoices/$invoiceId", params: { invoiceId: id } });
}
