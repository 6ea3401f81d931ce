import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { InspectionOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { templateDetailOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { TEMPLATE_FORM_ID, TemplateForm } from "./template-form";

const server = testServer();
const DEFINITION = { name: "Lead capture", nodes: [{ name: "New lead" }], connections: {} };
const INSPECTION: InspectionOut = {
  name: "Lead capture",
  trigger: "New lead",
  nodes: 7,
  has_own_response: false,
  values: [
    { pointer: "/nodes/1/greeting", node: "Tidy up", label: "Tidy up · greeting", value: "Thank you", type: "TEXT" },
    { pointer: "/nodes/1/limit", node: "Tidy up", label: "Tidy up · limit", value: 10_000, type: "NUMBER" },
    { pointer: "/nodes/1/footer", node: "Tidy up", label: "Tidy up · footer", value: "", type: "TEXT" },
    { pointer: "/nodes/2/secret", node: "Reference", label: "Reference · secret", value: "", type: "SECRET" },
  ],
  credentials: [],
};

async function show() {
  const onDone = vi.fn();
  await renderPage(
    <>
      <TemplateForm definition={DEFINITION} inspection={INSPECTION} onBusy={vi.fn()} onDone={onDone} />
      <button type="submit" form={TEMPLATE_FORM_ID}>
        Import template
      </button>
    </>,
  );
  return onDone;
}

const submit = () => userEvent.click(screen.getByRole("button", { name: "Import template" }));
const tick = (name: RegExp) => userEvent.click(screen.getByRole("checkbox", { name }));
const sent = () => server.to("createWorkflowTemplate").map(({ body }) => body);
beforeEach(() => void server.on("createWorkflowTemplate", templateDetailOf()));

describe("importing a template", () => {
  it("makes parameters of the ticked values only, under the names given", async () => {
    const onDone = await show();
    await tick(/greeting/);
    const name = screen.getByDisplayValue("Tidy up · greeting");
    await userEvent.clear(name);
    await userEvent.type(name, "Greeting");
    await submit();
    await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    expect(sent()).toHaveLength(1);
    expect(sent()[0]).toMatchObject({ name: "Lead capture", category: "General", definition: DEFINITION });
    const parameters = sent()[0]?.parameters ?? [];
    expect(parameters.map((parameter) => parameter.pointer)).not.toContain("/nodes/1/limit");
    expect(parameters).toContainEqual({ key: "greeting", label: "Greeting", type: "TEXT", required: false, default: "Thank you", pointer: "/nodes/1/greeting" });
  });

  it("takes what looks like a secret out of the stored file unless told otherwise", async () => {
    const onDone = await show();
    expect(screen.getByRole("checkbox", { name: /secret/ })).toBeChecked();
    await submit();
    await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    expect(sent()[0]?.parameters).toEqual([expect.objectContaining({ type: "SECRET", required: true, default: null, pointer: "/nodes/2/secret" })]);
  });

  it("calls an empty value empty, and only a secret hidden", async () => {
    await show();
    expect(screen.getByRole("checkbox", { name: /footer/ })).toHaveAccessibleDescription("Empty");
    expect(screen.getByRole("checkbox", { name: /secret/ })).toHaveAccessibleDescription("Hidden: looks like a secret");
  });

  it("forgets a value that was unticked again", async () => {
    const onDone = await show();
    await tick(/limit/);
    await tick(/limit/);
    await submit();
    await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    expect(sent()[0]?.parameters?.map((parameter) => parameter.pointer)).not.toContain("/nodes/1/limit");
  });

  it("asks for a name before it sends anything", async () => {
    const onDone = await show();
    await userEvent.clear(screen.getByLabelText("Name"));
    await submit();
    expect(await screen.findByText("Enter a name.")).toBeInTheDocument();
    expect(sent()).toEqual([]);
    expect(onDone).not.toHaveBeenCalled();
  });

  it("stays open with what was ticked when the server refuses", async () => {
    server.on("createWorkflowTemplate", refusal(422, { detail: "Look again.", errors: [{ pointer: "/name", detail: "Choose another name." }] }));
    const onDone = await show();
    await tick(/greeting/);
    await submit();
    expect(await screen.findByText("Choose another name.")).toBeInTheDocument();
    expect(screen.getByRole("checkbox", { name: /greeting/ })).toBeChecked();
    expect(onDone).not.toHaveBeenCalled();
  });
});
