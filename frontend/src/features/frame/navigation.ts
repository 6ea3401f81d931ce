import type { LinkProps } from "@tanstack/react-router";
import type { Permission } from "@/api/generated";
import { AuditIcon, DashboardIcon, MoneyIcon, OrganizationIcon, ProjectIcon, ProposalIcon, SystemIcon, WorkflowIcon, type IconShape } from "@/ui/icon";
import { places as texts } from "./texts/app";

export interface Place {
  label: string;
  icon: IconShape;
  path: NonNullable<LinkProps["to"]>;
  /** The permission that opens it; without one it is open to everybody who is signed in. */
  permission?: Permission;
  group: "work" | "platform";
}

/** Every place of the app's sidebar and of its palette, in reading order. */
export const PLACES: readonly Place[] = [
  { label: texts.dashboard, icon: DashboardIcon, path: "/dashboard", permission: "dashboards:read", group: "work" },
  { label: texts.projects, icon: ProjectIcon, path: "/projects", permission: "projects:read", group: "work" },
  { label: texts.proposals, icon: ProposalIcon, path: "/proposals", permission: "proposals:read", group: "work" },
  { label: texts.invoices, icon: MoneyIcon, path: "/invoices", permission: "invoices:read", group: "work" },
  { label: texts.workflows, icon: WorkflowIcon, path: "/admin/workflows", permission: "workflow_templates:manage", group: "work" },
  { label: texts.audit, icon: AuditIcon, path: "/audit", permission: "audit:read", group: "platform" },
  { label: texts.business, icon: OrganizationIcon, path: "/admin/business", permission: "business:write", group: "platform" },
  { label: texts.system, icon: SystemIcon, path: "/admin/system", permission: "system:read", group: "platform" },
];

/** Gives where the reader's work begins. Not everybody has a dashboard: an auditor starts at the audit log. */
export function startFor(permissions: readonly Permission[]) {
  return placesFor(permissions)[0]?.path ?? "/settings/profile";
}

/** Gives the places that these permissions open. */
export function placesFor(permissions: readonly Permission[]): Place[] {
  return PLACES.filter((place) => !place.permission || permissions.includes(place.permission));
}
