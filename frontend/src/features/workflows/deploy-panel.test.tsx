import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { NewWorkflow, ParameterOut } from "@/api/generated";
import { client } from "@/api/generated/client.gen";
import { toApiError } from "@/lib/problem";
import { UiProvider } from "@/ui/ui-provider";
import { DeployPanel } from "./deploy-panel";

const parameter = (key: string, label: string, parts: Partial<ParameterOut>): ParameterOut => ({ key, label, type: "TEXT", required: false, default: null, pointer: `/nodes/1/${key}`, ...parts });
const TEMPLATE = {
  id: "01990000-0000-7000-8000-000000000001",
  name: "Lead capture",
  version: 2,
  parameters: [
    parameter("greeting", "Greeting", { default: "Thank you" }),
    parameter("limit", "Limit", { type: "NUMBER", default: 10_000 }),
    parameter("is_weekly", "Every week", { type: "BOOLEAN", default: true }),
    parameter("secret", "Secret", { type: "SECRET", required: true }),
  ],
};
const ENVIRONMENTS = [
  { id: "01990000-0000-7000-8000-000000000002", name: "Production n8n", is_active: true },
  { id: "0199-off", name: "Old n8n", is_active: false },
];
const listOf = (items: object[]) => ({ items, next_cursor: null, total: items.length, page: 1, pages: 1 });

let sent: NewWorkflow[] = [];
function serve({ templates = [TEMPLATE] as object[], refusal }: { templates?: object[]; refusal?: object } = {}) {
  client.setConfig({
    baseUrl: "http://capecontrol.test",
    fetch: async (input) => {
      const request = input as Request;
      if (request.url.includes("/templates")) return Response.json(listOf(templates));
      if (request.url.includes("/environments")) return Response.json(listOf(ENVIRONMENTS));
      sent.push((await request.json()) as NewWorkflow);
      return refusal ? Response.json(refusal, { status: 422 }) : Response.json({ id: "0199-flow", status: "DEPLOYING" }, { status: 202 });
    },
  });
}

function show() {
  const onClose = vi.fn();
  const root = createRootRoute({ component: () => <DeployPanel projectId="0199-project" onClose={onClose} />, notFoundComponent: () => null });
  const router = createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: ["/"] }) });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <UiProvider>
        <RouterProvider router={router as never} />
      </UiProvider>
    </QueryClientProvider>,
  );
  return onClose;
}

async function choose() {
  await screen.findByRole("option", { name: /Lead capture/ });
  await userEvent.selectOptions(screen.getByLabelText("Template"), "01990000-0000-7000-8000-000000000001");
  await userEvent.selectOptions(screen.getByLabelText("Environment"), await screen.findByRole("option", { name: "Production n8n" }));
}
async function fill(label: RegExp, text: string) {
  const input = screen.getByLabelText(label);
  await userEvent.clear(input);
  if (text) await userEvent.type(input, text);
}
const deploy = () => userEvent.click(screen.getByRole("button", { name: "Deploy workflow" }));

const asApiError = (error: unknown, response: Response | undefined) => toApiError(error, response);
beforeEach(() => {
  sent = [];
  // jsdom has no page to scroll; the router only needs it to exist.
  window.scrollTo = vi.fn();
  serve();
  client.interceptors.error.use(asApiError);
});
afterEach(() => client.interceptors.error.eject(asApiError));

describe("deploying a workflow", () => {
  it("sends each value in the type that the template asks for", async () => {
    const onClose = show();
    await choose();
    await fill(/Greeting/, "Hello");
    await fill(/Limit/, "12000");
    await userEvent.click(screen.getByRole("checkbox", { name: "Every week" }));
    await fill(/^Secret/, "s3cret");
    await deploy();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent).toEqual([
      {
        project_id: "0199-project",
        template_id: "01990000-0000-7000-8000-000000000001",
        environment_id: "01990000-0000-7000-8000-000000000002",
        parameters: { greeting: "Hello", limit: 12_000, is_weekly: false, secret: "s3cret" },
      },
    ]);
  });

  it("starts from the template's defaults, and leaves to them what was emptied", async () => {
    const onClose = show();
    await choose();
    expect(screen.getByLabelText(/Greeting/)).toHaveValue("Thank you");
    expect(screen.getByLabelText(/Limit/)).toHaveValue("10000");
    expect(screen.getByRole("checkbox", { name: "Every week" })).toBeChecked();
    await fill(/Limit/, "");
    await fill(/^Secret/, "s3cret");
    await deploy();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent[0]?.parameters).toEqual({ greeting: "Thank you", is_weekly: true, secret: "s3cret" });
  });

  it.each(["12 000", "abc", "1,5"])("does not deploy the default in place of “%s”", async (text) => {
    show();
    await choose();
    await fill(/Limit/, text);
    await fill(/^Secret/, "s3cret");
    await deploy();
    expect(await screen.findByText(/Write a number/)).toBeInTheDocument();
    expect(sent).toEqual([]);
  });

  it("asks for template and environment before it sends anything", async () => {
    show();
    await screen.findByRole("option", { name: /Lead capture/ });
    await deploy();
    expect(await screen.findByText("Choose a template.")).toBeInTheDocument();
    expect(screen.getByText("Choose where it runs.")).toBeInTheDocument();
    expect(sent).toEqual([]);
  });

  it("offers no environment that is switched off", async () => {
    show();
    await screen.findByRole("option", { name: "Production n8n" });
    expect(screen.queryByRole("option", { name: "Old n8n" })).not.toBeInTheDocument();
  });

  it("brings the server's complaint to the parameter it speaks of", async () => {
    serve({ refusal: { type: "invalid", title: "Invalid", status: 422, detail: "Look again.", errors: [{ pointer: "/parameters/secret", detail: "Give a value for “Secret”." }] } });
    const onClose = show();
    await choose();
    await deploy();
    await vi.waitFor(() => expect(screen.getByLabelText(/^Secret/)).toHaveAccessibleDescription("Give a value for “Secret”."));
    expect(onClose).not.toHaveBeenCalled();
  });

  it("leads to what is missing when nothing can be deployed", async () => {
    serve({ templates: [] });
    show();
    expect(await screen.findByText("Something is missing")).toBeInTheDocument();
  });
});
