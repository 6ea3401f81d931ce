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
import { TextLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { DeadLetters, type DeadLettersProps } from "./dead-letters";
import { KeyRingsTable } from "./key-rings-table";
import { LanesTable } from "./lanes-table";
import { environmentName } from "./names";
import { ProcessesTable } from "./processes-table";
import { systemOptions } from "./queries";
import { RetriedMessages } from "./retried-messages";
import { ScheduleTable } from "./schedule-table";
import { deliveries, keys, page, processes, retried, schedule, undelivered } from "./texts";
import { troublesOf, type SystemPart, type Trouble } from "./troubles";

/** Shows what runs, what waits and what was given up; it keeps itself true. */
export function SystemPage(letters: Omit<DeadLettersProps, "isRetrying">) {
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
            <Verdict troubles={troublesOf(query.data)} />
          )}
          {query.data.processes === null && (
            <Notice tone="warn" title={page.redisAway.title}>
              {page.redisAway.hint}
            </Notice>
          )}
          {query.data.retried.length > 0 && (
            <Part id="retried" title={retried.title}>
              <RetriedMessages messages={query.data.retried} total={failingOf(query.data)} canHasten={letters.canRevive} />
            </Part>
          )}
          <Part id="undelivered" title={undelivered.title}>
            <DeadLetters {...letters} isRetrying={query.data.retried.length > 0} />
          </Part>
          {query.data.processes && (
            <Part id="processes" title={processes.title}>
              <ProcessesTable processes={query.data.processes} />
            </Part>
          )}
          <Part id="deliveries" title={deliveries.title}>
            <LanesTable lanes={query.data.lanes} />
          </Part>
          <Part id="schedule" title={schedule.title}>
            <ScheduleTable jobs={query.data.schedule} />
          </Part>
          <Part id="keys" title={keys.title}>
            <KeyRingsTable rings={query.data.key_rings} />
          </Part>
        </>
      )}
    </Page>
  );
}

/** How many messages failed and are tried again, in all lanes. */
function failingOf({ lanes }: SystemOut): number {
  return lanes.reduce((sum, lane) => sum + lane.failing, 0);
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

/** Says first whether somebody has to look, and where. */
function Verdict({ troubles }: { troubles: readonly Trouble[] }) {
  if (troubles.length === 0)
    return (
      <Notice tone="ok" title={page.well.title}>
        {page.well.hint}
      </Notice>
    );
  return (
    <Notice tone="warn" title={page.troubles(troubles.length)}>
      <ul>
        {troubles.map(({ text, part }) => (
          <li key={text} className="wrap-anywhere">
            <TextLink to="/admin/system" search hash={part} onClick={() => document.getElementById(part)?.focus()} className="underline">
              {text}
            </TextLink>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Its heading takes the focus of the link that leads here, and is read aloud. */
function Part({ id, title, children }: { id: SystemPart; title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h2 id={id} tabIndex={-1} className="scroll-mt-20 text-base font-semibold outline-none">
        {title}
      </h2>
      {children}
    </section>
  );
}
