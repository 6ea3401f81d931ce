import type { Audience, GuideEntry, MeOut } from "@/api/generated";

interface Group {
  audience: Audience;
  title: string;
  guides: GuideEntry[];
}

const TITLES: Record<Audience, string> = { CLIENT: "For clients", STAFF: "For staff", OPERATOR: "Running CapeControl" };
/** Whose guides each side of the business reads, its own first. */
const READ_BY: Record<MeOut["realm"], readonly Audience[]> = { CLIENT: ["CLIENT"], ADMIN: ["STAFF", "CLIENT", "OPERATOR"] };

/** Names an audience. */
export function audienceTitle(audience: Audience): string {
  return TITLES[audience];
}

/** Gives the guides that are written for a reader, by audience. */
export function groupsFor(realm: MeOut["realm"], guides: readonly GuideEntry[]): Group[] {
  return READ_BY[realm]
    .map((audience) => ({ audience, title: TITLES[audience], guides: guides.filter((guide) => guide.audience === audience) }))
    .filter((group) => group.guides.length > 0);
}
