import type { LinkProps } from "@tanstack/react-router";
import type { IconShape } from "@/ui/icon";
import type { Place } from "./navigation";
import { KINDS, type FoundRecord } from "./record-kinds";
import { palette as texts } from "./texts/app";

/** One line of the palette: a page or a record. */
export interface PaletteOption {
  key: string;
  label: string;
  /** A record's code or number, and whose it is. */
  detail?: string | undefined;
  icon: IconShape;
  link: LinkProps;
  record?: FoundRecord;
}

export interface PaletteGroup {
  label: string;
  options: PaletteOption[];
}

/** Gives the pages whose names hold what was typed. */
export function placeGroup(places: readonly Place[], text: string): PaletteGroup {
  const wanted = text.trim().toLowerCase();
  const found = places.filter(({ label }) => label.toLowerCase().includes(wanted));
  return { label: texts.groups.pages, options: found.map(({ label, icon, path }) => ({ key: `page ${label}`, label, icon, link: { to: path } })) };
}

/** Groups records by kind; the kind of the best one comes first. */
export function recordGroups(records: readonly (FoundRecord & { organization: { name: string } })[], hasClients: boolean): PaletteGroup[] {
  return [...new Set(records.map(({ kind }) => kind))].map((kind) => ({
    label: KINDS[kind].label,
    options: records.filter((record) => record.kind === kind).map((record) => optionOf(record, hasClients ? record.organization.name : undefined)),
  }));
}

/** Gives the records that were opened last. */
export function recentGroup(records: readonly FoundRecord[]): PaletteGroup {
  return { label: texts.groups.recent, options: records.map((record) => optionOf(record, undefined)) };
}

function optionOf(record: FoundRecord, client: string | undefined): PaletteOption {
  const { kind, id, title, code } = record;
  return { key: `${kind} ${id}`, label: title, detail: [code, client].filter(Boolean).join(" · "), icon: KINDS[kind].icon, link: KINDS[kind].linkTo(id), record };
}
