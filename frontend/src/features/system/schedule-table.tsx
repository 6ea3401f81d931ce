import type { JobOut } from "@/api/generated";
import { AlertMark, DoneMark } from "@/ui/icon";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { Pill } from "@/ui/primitives/pill";
import { CodeName } from "./code-name";
import { formatPeriod } from "./words";

const COLUMNS: Column<JobOut>[] = [
  { id: "name", head: "Job", card: "title", cell: (row) => <CodeName name={row.name} /> },
  { id: "every", head: "Runs", card: "subtitle", cell: (row) => formatPeriod(row.every_seconds), className: "whitespace-nowrap text-ink-2" },
  { id: "success", head: "Last success", card: "subtitle", cell: (row) => (row.last_success_at ? <RelativeTime at={row.last_success_at} /> : "Never"), className: "text-ink-2" },
  { id: "next", head: "Next", card: "none", room: "medium", cell: (row) => <RelativeTime at={row.next_at} />, className: "text-ink-2" },
  { id: "waiting", head: "Waiting", align: "right", card: "none", room: "wide", cell: (row) => row.waiting },
  { id: "state", head: "Status", card: "value", cell: (row) => <PunctualityPill job={row} /> },
];

function PunctualityPill({ job }: { job: JobOut }) {
  return job.is_late ? (
    <Pill icon={AlertMark} tone="bad">
      Late
    </Pill>
  ) : (
    <Pill icon={DoneMark} tone="ok">
      On time
    </Pill>
  );
}

/** Shows whether the jobs of the schedule keep their times. */
export function ScheduleTable({ jobs }: { jobs: readonly JobOut[] }) {
  return <DataTable label="Schedule" columns={COLUMNS} rows={jobs} rowKey={(row) => row.name} />;
}
