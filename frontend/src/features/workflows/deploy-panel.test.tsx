import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { EnvironmentOut, ParameterOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { environmentOf, idOf, pageOf, templateOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import DeployPanel from "./deploy-panel";

const server = testServer();
const parameter = (key: string, label: string, parts: Partial<ParameterOut>): ParameterOut => ({ key, label, type: "TEXT", required: false, default: null, pointer: `/nodes/1/${key}`, ...parts });
const TEMPLATE = templateOf({
  name: "Lead capture",
  version: 2,
  parameters: [
    parameter("greeting", "Greeting", { default: "Thank you" }),
    parameter("limit", "Limit", { type: "NUMBER", default: 10_000 }),
    parameter("is_weekly", "Every week", { type: "BOOLEAN", default: true }),
    parameter("secret", "Secret", { type: "SECRET", required: true }),
  ],
});
const ENVIRONMENTS: EnvironmentOut[] = [environmentOf({ id: idOf(12), name: "Production n8n" }), environmentOf({ id: idOf(13), name: "Old n8n", is_active: false })];
const PROJECT_ID = idOf(2);

beforeEach(() => {
  server.on("listWorkflowTemplates", pageOf([TEMPLATE])).on("listWorkflowEnvironments", pageOf(ENVIRONMENTS)).on("deployWorkflow", { id: idOf(14), status: "DEPLOYING" });
});

async function show() {
  const onClose = vi.fn();
  await renderPage(<DeployPanel projectId={PROJECT_ID} onClose={onClose} />);
  return onClose;
}

async function choose() {
  await screen.findByRole("option", { name: /Lead capture/ });
  await userEvent.selectOptions(screen.getByLabelText("Template"), TEMPLATE.id);
  await userEvent.selectOptions(screen.getByLabelText("n8n server"), await screen.findByRole("option", { name: "Production n8n" }));
}
async function fill(label: RegExp, text: string) {
  const input = screen.getByLabelText(label);
  await userEvent.clear(input);
  if (text) await userEvent.type(input, text);
}
const deploy = () => userEvent.click(screen.getByRole("button", { name: "Deploy workflow" }));
const sent = () => server.to("deployWorkflow").map(({ body }) => body);

describe("deploying a workflow", () => {
  it("sends each value in the type that the template asks for", async () => {
    const onClose = await show();
    await choose();
    await fill(/Greeting/, "Hello");
    await fill(/Limit/, "12000");
    await userEvent.click(screen.getByRole("checkbox", { name: "Every week" }));
    await fill(/^Secret/, "s3cret");
    await deploy();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent()).toEqual([
      {
        project_id: PROJECT_ID,
        template_id: TEMPLATE.id,
        environment_id: idOf(12),
        parameters: { greeting: "Hello", limit: 12_000, is_weekly: false, secret: "s3cret" },
      },
    ]);
  });

  it("starts from the template's defaults, and leaves to them what was emptied", async () => {
    const onClose = await show();
    await choose();
    expect(screen.getByLabelText(/Greeting/)).toHaveValue("Thank you");
    expect(screen.getByLabelText(/Limit/)).toHaveValue("10000");
    expect(screen.getByRole("checkbox", { name: "Every week" })).toBeChecked();
    await fill(/Limit/, "");
    await fill(/^Secret/, "s3cret");
    await deploy();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent()[0]?.parameters).toEqual({ greeting: "Thank you", is_weekly: true, secret: "s3cret" });
  });

  it.each(["12 000", "abc", "1,5"])("does not deploy the default in place of “%s”", async (text) => {
    await show();
    await choose();
    await fill(/Limit/, text);
    await fill(/^Secret/, "s3cret");
    await deploy();
    expect(await screen.findByText(/Enter a number/)).toBeInTheDocument();
    expect(sent()).toEqual([]);
  });

  it("asks for template and server before it sends anything", async () => {
    await show();
    await screen.findByRole("option", { name: /Lead capture/ });
    await deploy();
    expect(await screen.findByText("Choose a template.")).toBeInTheDocument();
    expect(screen.getByText("Choose an n8n server.")).toBeInTheDocument();
    expect(sent()).toEqual([]);
  });

  it("offers no server that is switched off", async () => {
    await show();
    await screen.findByRole("option", { name: "Production n8n" });
    expect(screen.queryByRole("option", { name: "Old n8n" })).not.toBeInTheDocument();
  });

  it("brings the server's complaint to the parameter it speaks of", async () => {
    server.on("deployWorkflow", refusal(422, { detail: "Look again.", errors: [{ pointer: "/parameters/secret", detail: "Give a value for “Secret”." }] }));
    const onClose = await show();
    await choose();
    await deploy();
    await vi.waitFor(() => expect(screen.getByLabelText(/^Secret/)).toHaveAccessibleDescription("Give a value for “Secret”."));
    expect(onClose).not.toHaveBeenCalled();
  });

  it("leads to what is missing when nothing can be deployed", async () => {
    server.on("listWorkflowTemplates", pageOf([]));
    await show();
    expect(await screen.findByText("Before you can deploy")).toBeInTheDocument();
  });
});
