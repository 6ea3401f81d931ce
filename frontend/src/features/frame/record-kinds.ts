import { linkOptions, type LinkProps } from "@tanstack/react-router";
import type { FoundRecordOut, RecordKind } from "@/api/generated";
import { MoneyIcon, ProjectIcon, ProposalIcon, type IconShape } from "@/ui/icon";
import { palette as texts } from "./texts/app";

/** What the palette keeps of a record. */
export type FoundRecord = Pick<FoundRecordOut, "kind" | "id" | "title" | "code">;

interface Kind {
  /** Names several of them. */
  label: string;
  icon: IconShape;
  linkTo: (id: string) => LinkProps;
}

/** What the palette shows of each kind that the search finds, and where a record of it is opened. */
export const KINDS: Record<RecordKind, Kind> = {
  project: { label: texts.groups.project, icon: ProjectIcon, linkTo: (id) => linkOptions({ to: "/projects/$projectId", params: { projectId: id } }) },
  proposal: { label: texts.groups.proposal, icon: ProposalIcon, linkTo: (id) => linkOptions({ to: "/proposals/$proposalId", params: { proposalId: id } }) },
  invoice: { label: texts.groups.invoice, icon: MoneyIcon, linkTo: (id) => linkOptions({ to: "/invoices/$invoiceId", params: { invoiceId: id } }) },
};

/** Tells whether it is a kind that can be shown: an older or a newer release may have kept another one. */
export function isKind(value: unknown): value is RecordKind {
  return Object.hasOwn(KINDS, String(value));
}
