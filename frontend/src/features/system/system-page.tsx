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
import { environmentName } from "./names";
import { ProcessesTable } from "./processes-table";
import { systemOptions } from "./queries";
import { ScheduleTable } from "./schedule-table";
import { deliveries, keys, page, processes, schedule, undelivered } from "./texts";
import { troublesOf } from "./troubles";

/** Shows what runs, what waits and what was given up; it keeps itself true. */
export function SystemPage(letters: DeadLettersProps) {
  const query = useQuery(systemOptions());
  return (
    <Page>
      <PageHeader title={page.title} facts={query.data && <Facts system={query.data} />} />
      {query.isPending ? (
        <DataTableSkeleton />
      ) : query.isError && !query.data ? (
        <Panel>
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      ) : (
        <>
          {query.isError ? (
            <Notice tone="bad" title={page.stale(formatWhen(new Date(query.data.as_of)))} actions={<Button onClick={() => void query.refetch()}>{page.retry}</Button>}>
              {toApiError(query.error).detail}
            </Notice>
          ) : (
            <Troubles troubles={troublesOf(query.data)} />
          )}
          {query.data.processes === null && (
            <Notice tone="warn" title={page.redisAway.title}>
              {page.redisAway.hint}
            </Notice>
          )}
          <Part title={undelivered.title}>
            <DeadLetters {...letters} />
          </Part>
          {query.data.processes && (
            <Part title={processes.title}>
              <ProcessesTable processes={query.data.processes} />
            </Part>
          )}
          <Part title={deliveries.title}>
            <LanesTable lanes={query.data.lanes} />
          </Part>
          <Part title={schedule.title}>
            <ScheduleTable jobs={query.data.schedule} />
          </Part>
          <Part title={keys.title}>
            <KeyRingsTable rings={query.data.key_rings} />
          </Part>
        </>
      )}
    </Page>
  );
}

function Facts({ system }: { system: SystemOut }) {
  const { revision } = system.db_schema;
  return (
    <>
      <span>{page.release(system.version, system.commit.slice(0, 7))}</span>
      <span>{revision ? page.schema(revision) : page.unknownSchema}</span>
      <span>{environmentName(system.environment)}</span>
    </>
  );
}

function Troubles({ troubles }: { troubles: readonly string[] }) {
  if (troubles.length === 0) return null;
  return (
    <Notice tone="warn" title={page.troubles}>
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
