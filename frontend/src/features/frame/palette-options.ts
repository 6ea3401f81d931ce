import { linkOptions } from "@tanstack/react-router";
import type { GuideEntry, OrganizationOut, Permission, RecordKind } from "@/api/generated";
import { searchGuides } from "@/lib/guides/search-guides";
import type { RecentRecord } from "@/lib/recent-records";
import { HelpIcon, OrganizationIcon, SearchIcon, type IconShape } from "@/ui/icon";
import type { Act } from "./act";
import type { Goal } from "./goal";
import type { PalettePage } from "./palette-pages";
import { isKind, KINDS } from "./record-kinds";
import { palette as texts } from "./texts/app";

/** One line of the palette: a record, an act, a page or a guide. */
export interface PaletteOption {
  key: string;
  label: string;
  /** A record's code or number, and whose it is; a section's guide. */
  detail?: string | undefined;
  icon: IconShape;
  goal: Goal;
}

export interface PaletteGroup {
  label: string;
  options: PaletteOption[];
}

interface Named {
  label: string;
  keywords?: string;
}

const OF_HELP = 4;

/** Gives the acts by what was typed; before that those which are offered to everybody. */
export function actGroup(acts: readonly Act[], text: string): PaletteGroup {
  const found = text === "" ? acts.filter(({ isOffered }) => isOffered) : acts.filter((act) => isMatch(act, text));
  return { label: texts.groups.acts, options: found.map(({ label, icon, goal }) => ({ key: `act ${label}`, label, icon, goal })) };
}

/** Gives the pages by what was typed; before that all but the parts of others. */
export function pageGroup(pages: readonly PalettePage[], text: string): PaletteGroup {
  const found = text === "" ? pages.filter(({ isPart }) => !isPart) : pages.filter((page) => isMatch(page, text));
  return { label: texts.groups.pages, options: found.map(({ label, icon, link }) => ({ key: `page ${label}`, label, icon, goal: { link } })) };
}

/** Gives the guides, and the sections of guides, whose headings hold what was typed. */
export function helpGroup(guides: readonly GuideEntry[], text: string): PaletteGroup {
  const found = searchGuides(guides, text).filter(({ guide, section }) => isMatch({ label: section.anchor ? section.heading : guide.title }, text));
  return {
    label: texts.groups.help,
    options: found.slice(0, OF_HELP).map(({ guide, section, path }) => ({
      key: `guide ${path}`,
      label: section.anchor ? section.heading : guide.title,
      detail: section.anchor ? guide.title : texts.guide,
      icon: HelpIcon,
      goal: { href: path },
    })),
  };
}

/** Groups records by kind, the kind of the best one first; where there may be more of a kind, its list has them all. */
export function recordGroups(records: readonly (RecentRecord & { organization: { name: string } })[], { text, most, hasClients }: { text: string; most: number; hasClients: boolean }): PaletteGroup[] {
  return [...new Set(records.map(({ kind }) => kind))].map((kind) => {
    const options = records.filter((record) => record.kind === kind).map((record) => optionOf(record, hasClients ? record.organization.name : undefined));
    return { label: KINDS[kind].label, options: options.length < most ? options : [...options, listOption(kind, text, texts.all)] };
  });
}

/** Gives the clients, each of which leads to its projects. */
export function clientGroup(clients: readonly OrganizationOut[]): PaletteGroup {
  return {
    label: texts.groups.clients,
    options: clients.map(({ id, name }) => ({ key: `client ${id}`, label: name, detail: texts.projectsOfClient, icon: OrganizationIcon, goal: { link: linkOptions({ to: "/projects", search: { org_id: id } }) } })),
  };
}

/** Gives the records that were opened last. */
export function recentGroup(records: readonly RecentRecord[]): PaletteGroup {
  return { label: texts.groups.recent, options: records.filter(({ kind }) => isKind(kind)).map((record) => optionOf(record, undefined)) };
}

/** Gives where else to search for what was not found: in the lists that these permissions open, and in the guides. */
export function elsewhereGroup(permissions: readonly Permission[], text: string): PaletteGroup {
  const kinds = (Object.keys(KINDS) as RecordKind[]).filter((kind) => permissions.includes(KINDS[kind].permission));
  return {
    label: texts.groups.elsewhere,
    options: [
      ...kinds.map((kind) => listOption(kind, text, texts.searchList)),
      { key: "search the guides", label: texts.searchGuides(text), icon: HelpIcon, goal: { link: { to: "/help", search: { q: text } } } },
    ],
  };
}

/** Puts what bears exactly the name that was typed first. */
export function byName(groups: readonly PaletteGroup[], text: string): PaletteGroup[] {
  const isNamed = ({ label }: PaletteOption) => label.toLowerCase() === text.toLowerCase();
  const named = groups.flatMap(({ label, options }) => (options.some(isNamed) ? [{ label, options: [...options.filter(isNamed), ...options.filter((option) => !isNamed(option))] }] : []));
  return [...named, ...groups.filter(({ label }) => !named.some((group) => group.label === label))];
}

/** Tells whether each word that was typed begins a word of the name, or of what else finds it. */
function isMatch({ label, keywords = "" }: Named, text: string): boolean {
  const words = `${label} ${keywords}`.toLowerCase().split(/[\s·,]+/);
  const wanted = text.toLowerCase().split(/\s+/);
  return wanted.every((part) => words.some((word) => word.startsWith(part)));
}

function listOption(kind: RecordKind, text: string, label: (list: string, text: string) => string): PaletteOption {
  return { key: `list ${kind}`, label: label(KINDS[kind].label, text), icon: SearchIcon, goal: { link: KINDS[kind].listOf(text) } };
}

function optionOf({ kind, id, title, code }: RecentRecord, client: string | undefined): PaletteOption {
  return { key: `${kind} ${id}`, label: title, detail: [code, client].filter(Boolean).join(" · "), icon: KINDS[kind].icon, goal: { link: KINDS[kind].linkTo(id) } };
}
