import { useMemo } from "react";
import type { MeOut, Topic } from "@/api/generated";
import { billingTopics } from "@/features/billing/changes";
import { bulkTopics } from "@/features/bulk-operations/changes";
import { frameTopics } from "@/features/frame/changes";
import { projectTopics } from "@/features/projects/changes";
import { proposalTopics } from "@/features/proposals/changes";
import { systemTopics } from "@/features/system/changes";
import { workflowTopics } from "@/features/workflows/changes";
import { useLive, type Reads } from "@/lib/live/use-live";

const READS = { ...projectTopics, ...proposalTopics, ...billingTopics, ...workflowTopics, ...systemTopics, ...frameTopics } satisfies Partial<Record<Topic, Reads>>;

/** Keeps the pages of whoever is signed in as they are at the server, whatever feature shows them. */
export function useLivePages(me: MeOut): void {
  const reads = useMemo((): Record<Topic, Reads> => ({ ...READS, ...bulkTopics(me.id) }), [me.id]);
  useLive(reads);
}
