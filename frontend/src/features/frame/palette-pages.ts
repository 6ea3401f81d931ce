import { linkOptions, type LinkProps } from "@tanstack/react-router";
import type { Permission } from "@/api/generated";
import { HelpIcon, OrganizationIcon, ProfileIcon, type IconShape } from "@/ui/icon";
import { PLACES } from "./navigation";
import { palette as texts } from "./texts/app";

/** A page that the palette leads to. */
export interface PalettePage {
  label: string;
  icon: IconShape;
  link: LinkProps;
  permission?: Permission | undefined;
  /** Further words that find it. */
  keywords?: string;
  /** Found by its name only: the page that it is a part of is offered before anything is typed. */
  isPart?: boolean;
}

const BUSINESS = { icon: OrganizationIcon, permission: "business:write", isPart: true } as const;
const { sections, keywords } = texts;

/** The places of the sidebar, and what stands in no sidebar: what is the reader's own, and the parts of the business page. */
const PAGES: readonly PalettePage[] = [
  ...PLACES.map(({ label, icon, path, permission }) => ({ label, icon, permission, link: { to: path } })),
  { label: texts.profile, icon: ProfileIcon, link: linkOptions({ to: "/settings/profile" }), keywords: keywords.profile },
  { label: texts.help, icon: HelpIcon, link: linkOptions({ to: "/help" }), keywords: keywords.help },
  { ...BUSINESS, label: sections.identity, link: linkOptions({ to: "/admin/business" }), keywords: keywords.identity },
  { ...BUSINESS, label: sections.brand, link: linkOptions({ to: "/admin/business", search: { section: "brand" } }), keywords: keywords.brand },
  { ...BUSINESS, label: sections.money, link: linkOptions({ to: "/admin/business", search: { section: "money" } }), keywords: keywords.money },
  { ...BUSINESS, label: sections.formats, link: linkOptions({ to: "/admin/business", search: { section: "formats" } }), keywords: keywords.formats },
  { ...BUSINESS, label: sections.frontDoor, link: linkOptions({ to: "/admin/business", search: { section: "front-door" } }), keywords: keywords.frontDoor },
];

/** Gives the pages that these permissions open. */
export function pagesFor(permissions: readonly Permission[]): PalettePage[] {
  return PAGES.filter(({ permission }) => !permission || permissions.includes(permission));
}
