import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { DeployedParameter, WorkflowOut } from "@/api/generated";
import { useBranding } from "@/lib/face";
import { ListView } from "@/lib/list/list-view";
import { useCan } from "@/lib/session/me";
import { WorkflowIcon } from "@/ui/icon";
import { Card } from "@/ui/patterns/card";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { Button } from "@/ui/primitives/button";
import { Notice } from "@/ui/primitives/notice";
import { ExecutionLog } from "./execution-log";
import { LastRun } from "./last-run";
import type { ExecutionFilter } from "./lists";
import { projectWorkflowsOptions, removedWorkflowsOptions } from "./queries";
import { lastRun } from "./texts/last-run";
import { log as logTexts, tab, workflow as texts } from "./texts/project";
import { WorkflowPill } from "./workflow-status";
import { WorkflowSteps } from "./workflow-steps";

/** What the address holds of the one log that is open: one at a time, so that a page asks for the runs of one. It is the first workflow's unless another is named. */
export interface LogPlace {
  workflowId: string | undefined;
  filter: ExecutionFilter;
}

const REMOVED_ID = "removed-workflows";

/** Shows what runs for a project, with the log of its runs, and below it what ran there and was removed: to staff and to the client. */
export function ProjectWorkflows({ projectId, log, onLog }: { projectId: string; log: LogPlace; onLog: (log: LogPlace) => void }) {
  const query = useQuery(projectWorkflowsOptions(projectId));
  const removed = useQuery(removedWorkflowsOptions(projectId)).data?.items ?? [];
  const isStaff = useCan("workflows:deploy");
  const business = useBranding();
  const all = [...(query.data?.items ?? []), ...removed];
  const open = all.find(({ id }) => id === log.workflowId) ?? query.data?.items[0];
  const cardOf = (workflow: WorkflowOut, heading: "h2" | "h3") => (
    <WorkflowCard
      key={workflow.id}
      heading={heading}
      workflow={workflow}
      isStaff={isStaff}
      runs={
        workflow === open ? (
          <ExecutionLog workflowId={workflow.id} name={toldApart(workflow, all)} isStaff={isStaff} filter={log.filter} onFilter={(filter) => onLog({ workflowId: workflow.id, filter })} />
        ) : (
          <span>
            <Button aria-label={logTexts.showOf(toldApart(workflow, all))} onClick={() => onLog({ workflowId: workflow.id, filter: {} })}>
              {logTexts.show}
            </Button>
          </span>
        )
      }
    />
  );
  return (
    <div className="flex flex-col gap-6">
      <ListView
        query={query}
        noun={tab.noun}
        empty={
          <EmptyState icon={WorkflowIcon} title={tab.empty.title}>
            {isStaff ? tab.empty.hintForStaff : business && tab.empty.hintForClient(business.name)}
          </EmptyState>
        }
      >
        {(workflows) => <div className="flex flex-col gap-4">{workflows.map((workflow) => cardOf(workflow, "h2"))}</div>}
      </ListView>
      {removed.length > 0 && (
        <section aria-labelledby={REMOVED_ID} className="flex flex-col gap-4">
          <h2 id={REMOVED_ID} className="text-base font-semibold">
            {tab.removed}
          </h2>
          {removed.map((workflow) => cardOf(workflow, "h3"))}
        </section>
      )}
    </div>
  );
}

/** Numbers those that share a name, so that the regions of their runs have a name each. */
function toldApart(workflow: WorkflowOut, all: readonly WorkflowOut[]): string {
  const namesakes = all.filter(({ name }) => name === workflow.name);
  return namesakes.length > 1 ? logTexts.numbered(workflow.name, namesakes.indexOf(workflow) + 1) : workflow.name;
}

function WorkflowCard({ workflow, heading, isStaff, runs }: { workflow: WorkflowOut; heading: "h2" | "h3"; isStaff: boolean; runs: ReactNode }) {
  const business = useBranding();
  return (
    <Card
      heading={heading}
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {workflow.name}
          <WorkflowPill status={workflow.status} />
        </span>
      }
      aside={<WorkflowSteps workflow={workflow} />}
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap gap-x-1.5 text-base">
          {workflow.last_run && <span className="text-ink-3">{lastRun.title}:</span>}
          <LastRun workflow={workflow} />
        </div>
        <p className="flex flex-wrap gap-x-4 text-sm text-ink-3">
          {workflow.deployed_at && (
            <span>
              {texts.deployed} <RelativeTime at={workflow.deployed_at} />
            </span>
          )}
          {isStaff && <span>{texts.version(workflow.template_version)}</span>}
          {workflow.engine_workflow_id && <span>{texts.id(workflow.engine_workflow_id)}</span>}
        </p>
        {workflow.status === "FAILED" && (
          <Notice tone="bad" title={isStaff ? texts.failed.staff : texts.failed.client}>
            {isStaff ? workflow.failure_reason : business && texts.failed.clientHint(business.name)}
          </Notice>
        )}
        {workflow.parameters.length > 0 && (
          <div className="max-w-xl rounded-control border border-line bg-bg p-3">
            <DefinitionList items={workflow.parameters.map((parameter) => ({ term: parameter.label, value: valueText(parameter.value) }))} />
          </div>
        )}
        {runs}
      </div>
    </Card>
  );
}

function valueText(value: DeployedParameter["value"]): string {
  if (value === null) return texts.hidden;
  if (typeof value === "boolean") return value ? texts.answers.yes : texts.answers.no;
  return String(value);
}
