import { recall, remember } from "@/lib/browser-memory";
import { isKind, type FoundRecord } from "./record-kinds";

const NAME = "recent-records";
const MOST = 5;

/** Gives the records that were opened from the search on this browser, the last one first. */
export function recentRecords(userId: string): FoundRecord[] {
  const kept = recall(NAME) as { userId?: unknown; records?: unknown } | null;
  return kept?.userId === userId && Array.isArray(kept.records) ? kept.records.filter(isRecord) : [];
}

/** Keeps a record among the recent ones. */
export function rememberRecord(userId: string, { kind, id, title, code }: FoundRecord): void {
  const others = recentRecords(userId).filter((other) => other.id !== id);
  remember(NAME, { userId, records: [{ kind, id, title, code }, ...others].slice(0, MOST) });
}

/** Forgets them with the session: whoever signs in next must not read them. */
export function forgetRecords(): void {
  remember(NAME, null);
}

function isRecord(value: unknown): value is FoundRecord {
  const { kind, id, title, code } = (value ?? {}) as Record<string, unknown>;
  return isKind(kind) && [id, title, code].every((text) => typeof text === "string");
}
