import type { Audience, GuideEntry, MeOut } from "@/api/generated";
import { audiences } from "./texts";

interface Group {
  audience: Audience;
  title: string;
  guides: GuideEntry[];
}

/** Whose guides each side of the business reads, its own first. */
const READ_BY: Record<MeOut["realm"], readonly Audience[]> = { CLIENT: ["CLIENT"], ADMIN: ["STAFF", "CLIENT", "OPERATOR"] };

/** Names an audience. */
export function audienceTitle(audience: Audience): string {
  return audiences[audience];
}

/** Gives the guides that are written for a reader, by audience. */
export function groupsFor(realm: MeOut["realm"], guides: readonly GuideEntry[]): Group[] {
  return READ_BY[realm]
    .map((audience) => ({ audience, title: audiences[audience], guides: guides.filter((guide) => guide.audience === audience) }))
    .filter((group) => group.guides.length > 0);
}
