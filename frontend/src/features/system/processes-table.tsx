import type { ProcessOut } from "@/api/generated";
import { AlertMark, DoneMark, FailedMark } from "@/ui/icon";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { Pill } from "@/ui/primitives/pill";
import { kindName } from "./names";
import { processes as texts } from "./texts";
import { processTrouble } from "./troubles";

const COLUMNS: Column<ProcessOut>[] = [
  { id: "kind", head: texts.kind, card: "title", cell: (row) => <span className="font-medium">{kindName(row.kind)}</span> },
  { id: "host", head: texts.host, card: "subtitle", cell: (row) => <span className="block max-w-56 truncate font-mono text-sm text-ink-2" title={row.host}>{row.host}</span> },
  { id: "pid", head: texts.pid, card: "none", room: "wide", align: "right", cell: (row) => row.pid, className: "text-ink-2" },
  { id: "version", head: texts.version, card: "subtitle", cell: (row) => <span className="tabular whitespace-nowrap text-ink-2">{texts.build(row.version, row.commit.slice(0, 7))}</span> },
  { id: "started", head: texts.started, card: "none", room: "medium", cell: (row) => <RelativeTime at={row.started_at} />, className: "text-ink-2" },
  { id: "busy", head: texts.busy, card: "none", room: "wide", align: "right", cell: busyOf },
  { id: "pool", head: texts.pool, card: "none", room: "wide", align: "right", cell: (row) => texts.shares(row.pool_in_use, row.pool_size) },
  { id: "lag", head: texts.lag, card: "none", room: "wide", align: "right", cell: (row) => texts.milliseconds(Math.round(row.loop_lag_ms)) },
  { id: "state", head: texts.state, card: "value", cell: (row) => <ProcessPill process={row} /> },
];

function busyOf({ places }: ProcessOut): string {
  const all = Object.values(places);
  if (all.length === 0) return texts.none;
  return texts.shares(sum(all.map(({ busy }) => busy)), sum(all.map(({ total }) => total)));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function ProcessPill({ process }: { process: ProcessOut }) {
  const trouble = processTrouble(process);
  if (!trouble) {
    return (
      <Pill icon={DoneMark} tone="ok">
        {texts.running}
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
  return <DataTable label={texts.title} columns={COLUMNS} rows={processes} rowKey={(row) => row.id} />;
}
