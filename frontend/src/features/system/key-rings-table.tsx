import type { KeyRingOut } from "@/api/generated";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { ringName } from "./names";
import { keys } from "./texts";

const COLUMNS: Column<KeyRingOut>[] = [
  { id: "ring", head: keys.ring, card: "title", cell: (row) => <span className="font-medium">{ringName(row.ring)}</span> },
  { id: "key", head: keys.key, card: "subtitle", cell: (row) => (row.key_id ? <span className="font-mono text-sm text-ink-2">{row.key_id}</span> : <span className="text-ink-2">{keys.fromSettings}</span>) },
  { id: "since", head: keys.since, card: "value", cell: (row) => (row.used_from ? <RelativeTime at={row.used_from} /> : keys.none), className: "text-ink-2" },
  { id: "next", head: keys.next, card: "none", cell: (row) => (row.next_used_from ? <RelativeTime at={row.next_used_from} /> : keys.none), className: "text-ink-2" },
];

/** Shows which key is in use for what, and since when. */
export function KeyRingsTable({ rings }: { rings: readonly KeyRingOut[] }) {
  return <DataTable label={keys.title} columns={COLUMNS} rows={rings} rowKey={(row) => row.ring} />;
}
