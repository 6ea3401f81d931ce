import type { KeyRingOut } from "@/api/generated";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { ringWord } from "./words";

const COLUMNS: Column<KeyRingOut>[] = [
  { id: "ring", head: "Used for", card: "title", cell: (row) => <span className="font-medium">{ringWord(row.ring)}</span> },
  { id: "key", head: "Key", card: "subtitle", cell: (row) => (row.key_id ? <span className="font-mono text-sm text-ink-2">{row.key_id}</span> : <span className="text-ink-2">From the settings</span>) },
  { id: "since", head: "In use since", card: "value", cell: (row) => (row.used_from ? <RelativeTime at={row.used_from} /> : "—"), className: "text-ink-2" },
  { id: "next", head: "Replaced", card: "none", cell: (row) => (row.next_used_from ? <RelativeTime at={row.next_used_from} /> : "—"), className: "text-ink-2" },
];

/** Shows which key is in use for what, and since when. */
export function KeyRingsTable({ rings }: { rings: readonly KeyRingOut[] }) {
  return <DataTable label="Keys" columns={COLUMNS} rows={rings} rowKey={(row) => row.ring} />;
}
