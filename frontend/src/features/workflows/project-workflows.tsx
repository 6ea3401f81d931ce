import { useQuery } from "@tanstack/react-query";
import type { WorkflowOut } from "@/api/generated";
import { ListView } from "@/lib/list/list-view";
import { useCan } from "@/lib/session/me";
import { WorkflowIcon } from "@/ui/icon";
import { Card } from "@/ui/patterns/card";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { Notice } from "@/ui/primitives/notice";
import { ExecutionLog } from "./execution-log";
import { projectWorkflowsOptions } from "./queries";
import { WorkflowPill } from "./workflow-status";
import { WorkflowSteps } from "./workflow-steps";

/** Shows what runs for a project, with the log of its runs: to staff and to the client. */
export function ProjectWorkflows({ projectId }: { projectId: string }) {
  const query = useQuery(projectWorkflowsOptions(projectId));
  const canDeploy = useCan("workflows:deploy");
  return (
    <ListView
      query={query}
      noun="workflows"
      empty={
        <EmptyState icon={WorkflowIcon} title="No workflows yet">
          {canDeploy ? "Deploy one from a template once the project is approved." : "When your agency deploys a workflow for you, its runs are shown here."}
        </EmptyState>
      }
    >
      {(workflows) => (
        <div className="flex flex-col gap-4">
          {workflows.map((workflow) => (
            <WorkflowCard key={workflow.id} workflow={workflow} />
          ))}
        </div>
      )}
    </ListView>
  );
}

function WorkflowCard({ workflow }: { workflow: WorkflowOut }) {
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {workflow.name}
          <WorkflowPill status={workflow.status} />
        </span>
      }
      aside={<WorkflowSteps workflow={workflow} />}
    >
      <div className="flex flex-col gap-4">
        <p className="text-sm text-ink-3">
          Template version {workflow.template_version}
          {workflow.deployed_at && (
            <>
              {" "}
              · deployed <RelativeTime at={workflow.deployed_at} />
            </>
          )}
          {workflow.engine_workflow_id && <> · n8n id {workflow.engine_workflow_id}</>}
        </p>
        {workflow.failure_reason && (
          <Notice tone="bad" title="Deployment failed">
            {workflow.failure_reason}
          </Notice>
        )}
        {workflow.parameters.length > 0 && (
          <div className="max-w-xl rounded-control border border-line bg-bg p-3">
            <DefinitionList items={workflow.parameters.map((parameter) => ({ term: parameter.label, value: parameter.value === null ? "Hidden" : String(parameter.value) }))} />
          </div>
        )}
        <ExecutionLog workflowId={workflow.id} name={workflow.name} />
      </div>
    </Card>
  );
}
