import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { proposalOf } from "@/testing/samples";
import NoteDialog from "./note-dialog";

const asks = ["changes", "decline"] as const;

async function show(ask: (typeof asks)[number]) {
  const onClose = vi.fn();
  await renderPage(<NoteDialog proposal={proposalOf()} ask={ask} onClose={onClose} />);
  await userEvent.type(await screen.findByRole("textbox"), "Please split the price over two months.");
  return onClose;
}

it.each(asks)("asks before it closes over what the client wrote (%s)", async (ask) => {
  const onClose = await show(ask);
  await userEvent.keyboard("{Escape}");
  const question = within(await screen.findByRole("dialog", { name: "Leave without saving?" }));
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.click(question.getByRole("button", { name: "Keep editing" }));
  expect(await screen.findByRole("textbox")).toHaveValue("Please split the price over two months.");
});

it("closes once leaving is confirmed", async () => {
  const onClose = await show("changes");
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await userEvent.click(await screen.findByRole("button", { name: "Discard changes" }));
  expect(onClose).toHaveBeenCalledOnce();
});
