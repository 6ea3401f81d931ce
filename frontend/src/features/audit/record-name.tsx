import { linkOptions, type LinkProps } from "@tanstack/react-router";
import type { AuditEventOut, Permission } from "@/api/generated";
import { useMe } from "@/lib/session/me";
import { TextLink } from "@/ui/primitives/link";
import { records, settings } from "./texts";

type About = Pick<AuditEventOut, "record" | "resource_type" | "metadata">;

/** What an entry is about, where it can be looked at, and what for. */
interface Subject {
  name: string;
  kind?: string;
  /** What is kept for its own sake has none. */
  page?: LinkProps;
  permission: Permission;
}

/** Names what an entry is about, and leads to it whoever may see it. */
export function RecordName({ subject: { name, kind, page, permission } }: { subject: Subject }) {
  const maySee = useMe().permissions.includes(permission);
  return (
    <span className="flex flex-col">
      <span>{page && maySee ? <TextLink {...page}>{name}</TextLink> : name}</span>
      {kind && <span className="text-sm text-ink-2">{kind}</span>}
    </span>
  );
}

/** Says what an entry is about: a project, a proposal, an invoice, or what the installation is set up with. */
export function subjectOf({ record, resource_type: type, metadata }: About): Subject | undefined {
  if (record) return { name: `${record.code}, ${record.title}`, kind: records[record.kind], ...pageOf(record) };
  const name = typeof metadata.name === "string" ? metadata.name : undefined;
  switch (type) {
    case "inbound_event":
      return typeof metadata.external_id === "string" ? { name: settings.stripeEvent(metadata.external_id), permission: "audit:read" } : undefined;
    case "business":
      return { name: settings.business, page: linkOptions({ to: "/admin/business", search: ofMoney(metadata.after) ? { section: "money" } : {} }), permission: "business:write" };
    case "tax_rate":
      return { name: settings.taxRates, page: linkOptions({ to: "/admin/business", search: { section: "money" } }), permission: "business:write" };
    case "workflow_environment":
      return { name: name ? settings.server(name) : settings.servers, page: linkOptions({ to: "/admin/workflows", search: { tab: "environments" } }), permission: "workflow_templates:manage" };
    case "workflow_template":
      return { name: name ? settings.template(name) : settings.templates, page: linkOptions({ to: "/admin/workflows", search: { tab: "templates" } }), permission: "workflow_templates:manage" };
    default:
      return undefined;
  }
}

/** Says whether what was changed of the business is how it is paid. */
function ofMoney(after: unknown): boolean {
  return typeof after === "object" && after !== null && "bank" in after;
}

function pageOf({ kind, id }: NonNullable<About["record"]>): Pick<Subject, "page" | "permission"> {
  if (kind === "project") return { page: linkOptions({ to: "/projects/$projectId", params: { projectId: id } }), permission: "projects:read" };
  if (kind === "proposal") return { page: linkOptions({ to: "/proposals/$proposalId", params: { proposalId: id } }), permission: "proposals:read" };
  return { page: linkOptions({ to: "/invoices/$invoiceId", params: { invoiceId: id } }), permission: "invoices:read" };
}
