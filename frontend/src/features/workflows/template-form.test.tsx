import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { InspectionOut, NewTemplate } from "@/api/generated";
import { client } from "@/api/generated/client.gen";
import { toApiError } from "@/lib/problem";
import { UiProvider } from "@/ui/ui-provider";
import { TEMPLATE_FORM_ID, TemplateForm } from "./template-form";

const DEFINITION = { name: "Lead capture", nodes: [{ name: "New lead" }], connections: {} };
const INSPECTION: InspectionOut = {
  name: "Lead capture",
  trigger: "New lead",
  nodes: 7,
  has_own_response: false,
  values: [
    { pointer: "/nodes/1/greeting", node: "Tidy up", label: "Tidy up · greeting", value: "Thank you", type: "TEXT" },
    { pointer: "/nodes/1/limit", node: "Tidy up", label: "Tidy up · limit", value: 10_000, type: "NUMBER" },
    { pointer: "/nodes/2/secret", node: "Reference", label: "Reference · secret", value: "", type: "SECRET" },
  ],
  credentials: [],
};

let sent: NewTemplate[] = [];
function answerWith(status: number, body: object) {
  client.setConfig({
    baseUrl: "http://capecontrol.test",
    fetch: async (input) => {
      sent.push((await (input as Request).json()) as NewTemplate);
      return Response.json(body, { status });
    },
  });
}

function show() {
  const onDone = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <UiProvider>
        <TemplateForm definition={DEFINITION} inspection={INSPECTION} onBusy={vi.fn()} onDone={onDone} />
        <button type="submit" form={TEMPLATE_FORM_ID}>
          Import template
        </button>
      </UiProvider>
    </QueryClientProvider>,
  );
  return onDone;
}

const submit = () => userEvent.click(screen.getByRole("button", { name: "Import template" }));
const tick = (name: RegExp) => userEvent.click(screen.getByRole("checkbox", { name }));
const asApiError = (error: unknown, response: Response | undefined) => toApiError(error, response);
beforeEach(() => {
  sent = [];
  answerWith(201, {});
  client.interceptors.error.use(asApiError);
});
afterEach(() => client.interceptors.error.eject(asApiError));

describe("importing a template", () => {
  it("makes parameters of the ticked values only, under the names given", async () => {
    const onDone = show();
    await tick(/greeting/);
    const name = screen.getByDisplayValue("Tidy up · greeting");
    await userEvent.clear(name);
    await userEvent.type(name, "Greeting");
    await submit();
    await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ name: "Lead capture", category: "General", definition: DEFINITION });
    const parameters = sent[0]?.parameters ?? [];
    expect(parameters.map((parameter) => parameter.pointer)).not.toContain("/nodes/1/limit");
    expect(parameters).toContainEqual({ key: "greeting", label: "Greeting", type: "TEXT", required: false, default: "Thank you", pointer: "/nodes/1/greeting" });
  });

  it("takes what looks like a secret out of the stored file unless told otherwise", async () => {
    const onDone = show();
    expect(screen.getByRole("checkbox", { name: /secret/ })).toBeChecked();
    await submit();
    await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    expect(sent[0]?.parameters).toEqual([expect.objectContaining({ type: "SECRET", required: true, default: null, pointer: "/nodes/2/secret" })]);
  });

  it("forgets a value that was unticked again", async () => {
    const onDone = show();
    await tick(/limit/);
    await tick(/limit/);
    await submit();
    await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    expect(sent[0]?.parameters?.map((parameter) => parameter.pointer)).not.toContain("/nodes/1/limit");
  });

  it("asks for a name before it sends anything", async () => {
    const onDone = show();
    await userEvent.clear(screen.getByLabelText("Name"));
    await submit();
    expect(await screen.findByText("Give it a name.")).toBeInTheDocument();
    expect(sent).toEqual([]);
    expect(onDone).not.toHaveBeenCalled();
  });

  it("stays open with what was ticked when the server refuses", async () => {
    answerWith(422, { type: "invalid", title: "Invalid", status: 422, detail: "Look again.", errors: [{ pointer: "/name", detail: "Choose another name." }] });
    const onDone = show();
    await tick(/greeting/);
    await submit();
    expect(await screen.findByText("Choose another name.")).toBeInTheDocument();
    expect(screen.getByRole("checkbox", { name: /greeting/ })).toBeChecked();
    expect(onDone).not.toHaveBeenCalled();
  });
});
