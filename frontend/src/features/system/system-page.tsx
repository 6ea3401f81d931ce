import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { SystemOut } from "@/api/generated";
import { LoadError } from "@/lib/load-error";
import { toApiError } from "@/lib/problem";
import { DataTableSkeleton } from "@/ui/patterns/data-table-skeleton";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page, Panel } from "@/ui/patterns/panel";
import { formatWhen } from "@/ui/patterns/relative-time-format";
import { Button } from "@/ui/primitives/button";
import { Notice } from "@/ui/primitives/notice";
import { DeadLetters, type DeadLettersProps } from "./dead-letters";
import { KeyRingsTable } from "./key-rings-table";
import { LanesTable } from "./lanes-table";
import { ProcessesTable } from "./processes-table";
import { systemOptions } from "./queries";
import { ScheduleTable } from "./schedule-table";
import { troublesOf } from "./troubles";

/** Shows what runs, what waits and what was given up; it keeps itself true. */
export function SystemPage(letters: DeadLettersProps) {
  const query = useQuery(systemOptions());
  return (
    <Page>
      <PageHeader title="System" facts={query.data && <Facts system={query.data} />} />
      {query.isPending ? (
        <DataTableSkeleton />
      ) : query.isError && !query.data ? (
        <Panel>
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      ) : (
        <>
          {query.isError ? (
            <Notice tone="bad" title={`This is how it was ${formatWhen(new Date(query.data.as_of))}`} actions={<Button onClick={() => void query.refetch()}>Try again</Button>}>
              {toApiError(query.error).detail}
            </Notice>
          ) : (
            <Troubles troubles={troublesOf(query.data)} />
          )}
          {query.data.processes === null && (
            <Notice tone="warn" title="Redis is not answering">
              Processes and queues cannot be shown until it is back. Deliveries continue without it.
            </Notice>
          )}
          <Part title="Undelivered messages">
            <DeadLetters {...letters} />
          </Part>
          {query.data.processes && (
            <Part title="Processes">
              <ProcessesTable processes={query.data.processes} />
            </Part>
          )}
          <Part title="Deliveries">
            <LanesTable lanes={query.data.lanes} />
          </Part>
          <Part title="Schedule">
            <ScheduleTable jobs={query.data.schedule} />
          </Part>
          <Part title="Keys">
            <KeyRingsTable rings={query.data.key_rings} />
          </Part>
        </>
      )}
    </Page>
  );
}

function Facts({ system }: { system: SystemOut }) {
  return (
    <>
      <span>
        CapeControl {system.version} ({system.commit.slice(0, 7)})
      </span>
      <span>Schema {system.db_schema.revision ?? "unknown"}</span>
      <span className="capitalize">{system.environment}</span>
    </>
  );
}

function Troubles({ troubles }: { troubles: readonly string[] }) {
  if (troubles.length === 0) return null;
  return (
    <Notice tone="warn" title="Needs attention">
      <ul>
        {troubles.map((trouble) => (
          <li key={trouble} className="break-words">{trouble}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">{title}</h2>
      {children}
    </section>
  );
}
