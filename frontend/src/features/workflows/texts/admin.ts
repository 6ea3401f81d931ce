import { plural } from "@/ui/patterns/plural";

/** What the workflows page of staff says, in English. */

export const page = { title: "Workflows", tabs: { deployed: "Deployed", templates: "Templates", environments: "n8n servers" } };

const workflows = (count: number) => plural(count, { zero: "No workflows", one: "# workflow", other: "# workflows" });

export const deployed = {
  label: "Deployed workflows",
  noun: { one: "workflow", other: "workflows" },
  searched: "Name",
  name: "Workflow",
  client: "Client",
  project: "Project",
  code: "Code",
  version: "Version",
  changed: "Last updated",
  status: "Status",
  health: "Health",
  failing: "Failing",
  selected: (workflow: string, project: string) => `${workflow} of ${project}`,
};

/** What the first workflow needs, in its order. */
export const firstSteps = {
  title: "Set up your first workflow",
  hint: "Workflows run on your n8n server and belong to a client’s project.",
  server: { title: "Connect an n8n server", hint: "Enter its address and an API key." },
  template: { title: "Import a template", hint: "Export a workflow from n8n and choose which values change per client." },
  deployment: { title: "Deploy it for a project", hint: "Open an approved project and choose “Deploy workflow”." },
  projects: "Show approved projects",
  done: "(done)",
  loading: "Loading",
};

export const pausing = {
  verb: "Pause",
  count: workflows,
  question: (what: string) => `Pause ${what}?`,
  hint: "A paused workflow doesn’t run until you resume it.",
};

export const resuming = {
  verb: "Resume",
  count: workflows,
  question: (what: string) => `Resume ${what}?`,
  hint: "Workflows that aren’t paused stay as they are.",
};

export const templates = {
  label: "Templates",
  noun: { one: "template", other: "templates" },
  searched: "Name, description or category",
  name: "Template",
  category: "Category",
  parameters: "Values per client",
  noParameters: "None",
  version: "Version",
  digest: "Checksum",
  imported: "Imported",
  empty: { title: "No templates yet", hint: "Import a workflow exported from n8n and choose which values change per client." },
};

export const templateImport = {
  title: "Import template",
  hint: "Choose a workflow that you exported from n8n (.json).",
  cancel: "Cancel",
  file: "Workflow file",
  prompt: "A .json file",
  reading: "Reading the file…",
  unreadable: "This file isn’t a workflow exported from n8n. In n8n, open the workflow’s menu and choose Download.",
  facts: (nodes: number, trigger: string) => `${plural(nodes, { one: "# node", other: "# nodes" })}, starting with “${trigger}”`,
  name: "Name",
  category: "Category",
  usualCategory: "General",
  values: "Which values change per client?",
  valuesHint: "Select the values to enter each time you deploy. All others stay as they are in the file.",
  noValues: "This file has no values that can change, so every deployment is the same.",
  valueLabel: "Label",
  secret: "Hidden: looks like a secret",
  noValue: "Empty",
  credential: (node: string) => `${node} · credential`,
  credentialHint: (type: string) => `${type}: the credential’s ID in n8n`,
  done: "Template imported",
  errors: { file: "Choose the .json file of a workflow.", name: "Enter a name.", category: "Enter a category.", label: "Enter a label." },
};

export const servers = {
  label: "n8n servers",
  noun: { one: "server", other: "servers" },
  searched: "Name or address",
  name: "Name",
  address: "Address",
  version: "n8n version",
  checked: "Last tested",
  never: "Never",
  connection: "Connection",
  action: "Action",
  test: "Test",
  testOf: (server: string) => `Test ${server}`,
  untested: "Not tested",
  connected: "Connected",
  failed: "Not connected",
  /** Which n8n answered. */
  running: (version: string) => `n8n ${version}`,
  empty: { title: "No n8n server connected", hint: "Workflows run on n8n. Connect a server with its address and an API key." },
};

export const correcting = {
  title: (server: string) => `Correct the connection to ${server}`,
  failed: "The server was saved, but the connection failed",
  verb: "Save and test",
  open: "Correct connection",
  openOf: (server: string) => `Correct connection to ${server}`,
};

export const connecting = {
  title: "Connect n8n server",
  hint: "Add a server that workflows can run on.",
  cancel: "Cancel",
  local: { title: "A local n8n is running", hint: "Find its address and API key on <page>its own page</page>." },
  name: "Name",
  address: "Address",
  addressHint: "For example https://n8n.example.com.",
  key: "API key",
  keyHint: "In n8n, go to Settings, then n8n API. The key is encrypted and never shown again.",
  errors: {
    name: "Enter a name.",
    address: "Enter the server’s address.",
    addressForm: "Enter the full address, for example https://n8n.example.com.",
    key: "Enter the API key.",
    keyForm: "This doesn’t look like an API key. Copy it from n8n again.",
  },
};
