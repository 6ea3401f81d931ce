import { useState } from "react";
import type { JobOut } from "@/api/generated";
import { AlertMark, DoneMark, Icon } from "@/ui/icon";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { Panel } from "@/ui/patterns/panel";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { Button } from "@/ui/primitives/button";
import { Pill } from "@/ui/primitives/pill";
import { CodeName } from "./code-name";
import { formatPeriod } from "./duration";
import { jobName } from "./names";
import { schedule } from "./texts";

const COLUMNS: Column<JobOut>[] = [
  { id: "name", head: schedule.job, card: "title", cell: (row) => <JobCell name={row.name} />, className: "whitespace-normal" },
  { id: "every", head: schedule.every, card: "subtitle", cell: (row) => formatPeriod(row.every_seconds), className: "whitespace-nowrap text-ink-2" },
  { id: "success", head: schedule.success, card: "subtitle", cell: (row) => (row.last_success_at ? <RelativeTime at={row.last_success_at} /> : schedule.never), className: "text-ink-2" },
  { id: "next", head: schedule.next, card: "none", room: "medium", cell: (row) => <RelativeTime at={row.next_at} isAhead />, className: "text-ink-2" },
  { id: "waiting", head: schedule.waiting, align: "right", card: "none", room: "wide", cell: (row) => row.waiting },
  { id: "state", head: schedule.state, card: "value", cell: (row) => <PunctualityPill job={row} /> },
];

/** Says what a job does, and what it is called in the log. */
function JobCell({ name }: { name: string }) {
  const told = jobName(name);
  if (told === name) return <CodeName name={name} />;
  return (
    <>
      <span className="block font-medium">{told}</span>
      <span className="block text-ink-3">
        <CodeName name={name} />
      </span>
    </>
  );
}

function PunctualityPill({ job }: { job: JobOut }) {
  return job.is_late ? (
    <Pill icon={AlertMark} tone="bad">
      {schedule.late}
    </Pill>
  ) : (
    <Pill icon={DoneMark} tone="ok">
      {schedule.onTime}
    </Pill>
  );
}

/** Shows whether the jobs of the schedule keep their times: those that are late, and the others, who need nobody, when they are asked for. */
export function ScheduleTable({ jobs }: { jobs: readonly JobOut[] }) {
  const [isOpen, setOpen] = useState(false);
  const punctual = jobs.filter((job) => !job.is_late).length;
  const shown = isOpen ? jobs : jobs.filter((job) => job.is_late);
  return (
    <>
      {shown.length > 0 && <DataTable label={schedule.title} columns={COLUMNS} rows={shown} rowKey={(row) => row.name} />}
      {punctual > 0 && (
        <Panel>
          <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
            <span className="flex items-center gap-2 text-base text-ink-2">
              <Icon of={DoneMark} className="text-ok" />
              {schedule.punctual(punctual)}
            </span>
            <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {isOpen ? schedule.hide : schedule.show}
            </Button>
          </div>
        </Panel>
      )}
    </>
  );
}
