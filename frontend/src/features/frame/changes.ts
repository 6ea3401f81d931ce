import { getBusinessQueryKey, getMeQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { TopicReads } from "@/lib/live/use-live";
import { every } from "@/lib/refresh";

/** Names what shows whose the pages are: the reader's organization, and the business behind all. */
export const frameTopics = {
  organizations: () => [getMeQueryKey(), every("getOrganization"), every("listOrganizations")],
  business: () => [getBusinessQueryKey(), every("getBranding"), every("listTaxRates")],
} satisfies TopicReads;
