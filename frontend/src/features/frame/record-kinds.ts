import { linkOptions, type LinkProps } from "@tanstack/react-router";
import type { Permission, RecordKind } from "@/api/generated";
import { MoneyIcon, ProjectIcon, ProposalIcon, type IconShape } from "@/ui/icon";
import { palette as texts } from "./texts/app";

interface Kind {
  /** Names several of them. */
  label: string;
  icon: IconShape;
  /** The permission that opens their list. */
  permission: Permission;
  linkTo: (id: string) => LinkProps;
  /** Leads to their list, narrowed to what is searched for. */
  listOf: (q: string) => LinkProps;
}

/** What the palette shows of each kind that the search finds, and where a record of it is opened. */
export const KINDS: Record<RecordKind, Kind> = {
  project: {
    label: texts.groups.project,
    icon: ProjectIcon,
    permission: "projects:read",
    linkTo: (id) => linkOptions({ to: "/projects/$projectId", params: { projectId: id } }),
    listOf: (q) => linkOptions({ to: "/projects", search: { q } }),
  },
  proposal: {
    label: texts.groups.proposal,
    icon: ProposalIcon,
    permission: "proposals:read",
    linkTo: (id) => linkOptions({ to: "/proposals/$proposalId", params: { proposalId: id } }),
    listOf: (q) => linkOptions({ to: "/proposals", search: { q } }),
  },
  invoice: {
    label: texts.groups.invoice,
    icon: MoneyIcon,
    permission: "invoices:read",
    linkTo: (id) => linkOptions({ to: "/invoices/$invoiceId", params: { invoiceId: id } }),
    listOf: (q) => linkOptions({ to: "/invoices", search: { q } }),
  },
};

/** Tells whether it is a kind that can be shown: an older or a newer release may have kept another one. */
export function isKind(value: unknown): value is RecordKind {
  return Object.hasOwn(KINDS, String(value));
}
