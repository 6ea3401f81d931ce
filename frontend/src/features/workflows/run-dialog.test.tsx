import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { idOf, workflowOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import RunDialog from "./run-dialog";

const server = testServer();
beforeEach(() => void server.on("triggerWorkflow", { execution_id: idOf(15) }));

async function show() {
  const onClose = vi.fn();
  await renderPage(<RunDialog workflow={workflowOf()} onClose={onClose} />);
  return onClose;
}

const sent = () => server.to("triggerWorkflow").map(({ body }) => body);
const press = () => userEvent.click(screen.getByRole("button", { name: "Run now" }));
async function write(text: string) {
  await userEvent.click(screen.getByRole("textbox"));
  await userEvent.paste(text);
}

describe("running a workflow by hand", () => {
  it("needs no input", async () => {
    const onClose = await show();
    await press();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent()).toEqual([{ payload: {} }]);
  });

  it("hands over the JSON object that was written", async () => {
    const onClose = await show();
    await write('{"name": "Thandi", "budget": 25000}');
    await press();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent()).toEqual([{ payload: { name: "Thandi", budget: 25_000 } }]);
  });

  it.each(["{oops", "[1, 2]", '"text"', "null"])("does not send %s, and says what to write", async (text) => {
    const onClose = await show();
    await write(text);
    await press();
    expect(await screen.findByText(/Enter a JSON object/)).toBeInTheDocument();
    expect(sent()).toEqual([]);
    expect(onClose).not.toHaveBeenCalled();
  });

  it("asks before it closes over what was written", async () => {
    const onClose = await show();
    await write('{"name": "Thandi"}');
    await userEvent.keyboard("{Escape}");
    expect(await screen.findByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
    expect(onClose).not.toHaveBeenCalled();
  });
});
