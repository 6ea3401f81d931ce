import type { ProcessOut } from "@/api/generated";
import { AlertMark, DoneMark, FailedMark } from "@/ui/icon";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { Pill } from "@/ui/primitives/pill";
import { processTrouble } from "./troubles";
import { kindWord } from "./words";

const COLUMNS: Column<ProcessOut>[] = [
  { id: "kind", head: "Process", card: "title", cell: (row) => <span className="font-medium">{kindWord(row.kind)}</span> },
  { id: "host", head: "Host", card: "subtitle", cell: (row) => <span className="block max-w-56 truncate font-mono text-sm text-ink-2">{row.host}</span> },
  { id: "pid", head: "Process ID", card: "none", room: "wide", align: "right", cell: (row) => row.pid, className: "text-ink-2" },
  { id: "version", head: "Version", card: "subtitle", cell: (row) => <span className="tabular whitespace-nowrap text-ink-2">{row.version} ({row.commit.slice(0, 7)})</span> },
  { id: "started", head: "Started", card: "none", room: "medium", cell: (row) => <RelativeTime at={row.started_at} />, className: "text-ink-2" },
  { id: "busy", head: "Messages", card: "none", room: "wide", align: "right", cell: busyOf },
  { id: "pool", head: "Connections", card: "none", room: "wide", align: "right", cell: (row) => `${row.pool_in_use} of ${row.pool_size}` },
  { id: "lag", head: "Delay", card: "none", room: "wide", align: "right", cell: (row) => `${Math.round(row.loop_lag_ms)} ms` },
  { id: "state", head: "Status", card: "value", cell: (row) => <ProcessPill process={row} /> },
];

function busyOf({ places }: ProcessOut): string {
  const all = Object.values(places);
  if (all.length === 0) return "—";
  return `${sum(all.map(({ busy }) => busy))} of ${sum(all.map(({ total }) => total))}`;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function ProcessPill({ process }: { process: ProcessOut }) {
  const trouble = processTrouble(process);
  if (!trouble) {
    return (
      <Pill icon={DoneMark} tone="ok">
        Running
      </Pill>
    );
  }
  return (
    <Pill icon={process.is_alive ? AlertMark : FailedMark} tone={process.is_alive ? "warn" : "bad"}>
      {trouble}
    </Pill>
  );
}

/** Lists what runs, and what stopped without a word. */
export function ProcessesTable({ processes }: { processes: readonly ProcessOut[] }) {
  return <DataTable label="Processes" columns={COLUMNS} rows={processes} rowKey={(row) => row.id} />;
}
