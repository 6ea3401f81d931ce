import type { TriggerKind, WorkflowCommand } from "@/api/generated";

/** What a project’s page says of its workflows and their runs, in English: to staff and to the client. */

export const card = {
  title: "Workflows",
  all: "All runs",
  empty: "No workflows yet",
};

export const tab = {
  noun: "workflows",
  removed: "Removed workflows",
  empty: {
    title: "No workflows yet",
    hintForStaff: "Workflows that you deploy for this project appear here, with their runs.",
    hintForClient: (business: string) => `Workflows appear here, with their runs, once ${business} deploys them for you.`,
  },
  deploy: "Deploy workflow",
};

export const workflow = {
  deployed: "Deployed",
  version: (version: number) => `Template version ${version}`,
  id: (id: string) => `n8n ID ${id}`,
  failed: {
    staff: "Deployment failed",
    client: "This workflow couldn’t be set up",
    clientHint: (business: string) => `${business} can see what went wrong and set it up again.`,
  },
  hidden: "Hidden",
  answers: { yes: "Yes", no: "No" },
};

export const log = {
  noun: { one: "run", other: "runs" },
  numbered: (name: string, number: number) => `${name} (${number})`,
  label: (workflow: string) => `Runs of ${workflow}`,
  show: "Show runs",
  showOf: (workflow: string) => `Show runs of ${workflow}`,
  result: "Result",
  started: "Started",
  trigger: "Trigger",
  triggers: { MANUAL: "Manual", EXTERNAL: "Automatic" } satisfies Record<TriggerKind, string>,
  took: "Duration",
  number: "n8n run",
  /** What a client reads where staff read why. */
  failed: "This run didn’t finish.",
  /** Read aloud when a run begins or ends. */
  newest: (workflow: string, result: string) => `Latest run of ${workflow}: ${result}`,
  empty: { title: "No runs yet", hint: "Runs appear here with their start time, duration and result." },
};

/** What may be done with a workflow: on a button, and once it is done. */
export const commands = {
  trigger: { verb: "Run now", done: "Run started" },
  pause: { verb: "Pause", done: "Workflow paused" },
  resume: { verb: "Resume", done: "Workflow resumed" },
  redeploy: { verb: "Deploy again", done: "Deployment started" },
  remove: { verb: "Remove", done: "Workflow removed" },
} satisfies Record<WorkflowCommand, { verb: string; done: string }>;

export const steps = { more: (workflow: string) => `More actions for ${workflow}` };

export const removal = {
  title: (workflow: string) => `Remove “${workflow}”?`,
  hint: "Runs in progress are cancelled, and the workflow is deleted from n8n. This can’t be undone.",
};
