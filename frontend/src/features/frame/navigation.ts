import { linkOptions, type LinkProps } from "@tanstack/react-router";
import { AuditIcon, DashboardIcon, MoneyIcon, ProjectIcon, ProposalIcon, WorkflowIcon, type IconShape } from "@/ui/icon";

export interface Place {
  label: string;
  icon: IconShape;
  link: LinkProps;
  /** The permission that opens it; without one it is open to everybody who is signed in. */
  permission?: string;
  group: "work" | "platform";
}

/** Every place of the app's sidebar and of its palette, in reading order. */
export const PLACES: readonly Place[] = [
  { label: "Dashboard", icon: DashboardIcon, link: linkOptions({ to: "/dashboard" }), permission: "dashboard:read", group: "work" },
  { label: "Projects", icon: ProjectIcon, link: linkOptions({ to: "/projects" }), permission: "projects:read", group: "work" },
  { label: "Proposals", icon: ProposalIcon, link: linkOptions({ to: "/proposals" }), permission: "proposals:read", group: "work" },
  { label: "Invoices", icon: MoneyIcon, link: linkOptions({ to: "/invoices" }), permission: "invoices:read", group: "work" },
  { label: "Workflows", icon: WorkflowIcon, link: linkOptions({ to: "/admin/workflows" }), permission: "workflows:manage", group: "work" },
  { label: "Audit log", icon: AuditIcon, link: linkOptions({ to: "/audit" }), permission: "audit:read", group: "platform" },
];

/** Gives the places that these permissions open. */
export function placesFor(permissions: readonly string[]): Place[] {
  return PLACES.filter((place) => !place.permission || permissions.includes(place.permission));
}
