import { tab } from "./project";

/** What the panel says in which a template is deployed, in English. */

export const deployment = {
  title: tab.deploy,
  hint: "Choose a template and enter the values for this client.",
  cancel: "Cancel",
  missing: { title: "Before you can deploy", hint: "Connect an n8n server and import a template on the <page>Workflows</page> page." },
  template: "Template",
  choose: "Choose…",
  version: (name: string, version: number) => `${name}, version ${version}`,
  server: "n8n server",
  serverHint: "Where the workflow runs.",
  secretHint: "Stored encrypted and never shown again.",
  started: "Deployment started",
  errors: { template: "Choose a template.", server: "Choose an n8n server.", number: "Enter a number, such as 12000 or 1.5." },
};
