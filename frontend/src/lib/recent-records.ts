import { useEffect } from "react";
import type { FoundRecordOut } from "@/api/generated";
import { recall, remember } from "@/lib/browser-memory";
import { useMe } from "@/lib/session/me";

/** What is kept of a record: enough to name it and to open it again. */
export type RecentRecord = Pick<FoundRecordOut, "kind" | "id" | "title" | "code">;

const NAME = "recent-records";
const MOST = 6;

/** Gives the records that were opened on this browser, the last one first. */
export function recentRecords(userId: string): RecentRecord[] {
  const kept = recall(NAME) as { userId?: unknown; records?: unknown } | null;
  return kept?.userId === userId && Array.isArray(kept.records) ? kept.records.filter(isRecord) : [];
}

/** Keeps the record of a page among the recent ones. */
export function useRecentRecord({ kind, id, title, code }: RecentRecord): void {
  const userId = useMe().id;
  useEffect(() => {
    const others = recentRecords(userId).filter((other) => other.id !== id);
    remember(NAME, { userId, records: [{ kind, id, title, code }, ...others].slice(0, MOST) });
  }, [userId, kind, id, title, code]);
}

/** Forgets them with the session: whoever signs in next must not read them. */
export function forgetRecentRecords(): void {
  remember(NAME, null);
}

function isRecord(value: unknown): value is RecentRecord {
  const { kind, id, title, code } = (value ?? {}) as Record<string, unknown>;
  return [kind, id, title, code].every((text) => typeof text === "string");
}
