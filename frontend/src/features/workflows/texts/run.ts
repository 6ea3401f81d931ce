import { commands } from "./project";

/** What the dialog says that starts a run, in English. */

export const run = {
  title: (workflow: string) => `Run “${workflow}” now?`,
  hint: "The run starts in n8n and appears in the log below.",
  cancel: "Cancel",
  ...commands.trigger,
  input: "Input",
  inputHint: "A JSON object to pass to the workflow.",
  errors: { input: 'Enter a JSON object, such as {"name": "Thandi"}.' },
};
