import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderPage } from "@/testing/render-page";
import { refusal, testServer } from "@/testing/server";
import { ImportTemplate } from "./import-template";

const server = testServer();
const fileOf = (text: string) => new File([text], "workflow.json", { type: "application/json" });

async function open() {
  await renderPage(<ImportTemplate />);
  await userEvent.click(screen.getByRole("button", { name: "Import template" }));
  await screen.findByRole("dialog");
  return { submit: screen.getByRole("button", { name: "Import template" }), file: screen.getByLabelText("Workflow file") };
}

it("asks for a file when there is none yet", async () => {
  const { submit, file } = await open();
  expect(submit).toBeEnabled();
  await userEvent.click(submit);
  expect(file).toHaveAccessibleDescription("Choose the .json file of a workflow.");
  expect(file).toHaveFocus();
  expect(server.to("inspectWorkflowFile")).toEqual([]);
});

it("says at the file why it cannot be read", async () => {
  const { submit, file } = await open();
  await userEvent.click(submit);
  await userEvent.upload(file, fileOf("no JSON"));
  expect(file).toHaveAccessibleDescription(/^This file isn’t a workflow exported from n8n\./);
  server.on("inspectWorkflowFile", refusal(422, { detail: "Not valid.", errors: [{ pointer: "/definition", detail: "It needs one Webhook node." }] }));
  await userEvent.upload(file, fileOf("{}"));
  expect(await screen.findByText("It needs one Webhook node.")).toBeVisible();
  expect(submit).toBeEnabled();
});
