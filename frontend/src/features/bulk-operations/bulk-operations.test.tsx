import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { BulkOperationOut } from "@/api/generated";
import { remember } from "@/lib/browser-memory";
import { renderPage } from "@/testing/render-page";
import { bulkOperationOf, idOf, pageOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import BulkOperations from "./bulk-operations";
import { bulkTopics } from "./changes";

const server = testServer();
const now = new Date().toISOString();
const ENDED = { state: "DONE", total: 3, succeeded: 3, finished_at: now } as const;

async function show(...operations: BulkOperationOut[]) {
  server.on("listBulkOperations", pageOf(operations));
  const view = await renderPage(<BulkOperations />);
  await waitFor(() => expect(server.to("listBulkOperations").length).toBeGreaterThan(0));
  return view;
}

const errorOf = (number: number, name: string | null = `Project ${number}`) => ({ subject_id: idOf(number), name, reason: "It isn’t completed.", may_pass: true });

// As a browser that showed it at work.
beforeEach(() => remember("shown-bulk-operations", [idOf(60)]));
afterEach(() => {
  window.localStorage.clear();
  vi.useRealTimers();
});

it("shows how far it is", async () => {
  await show(bulkOperationOf());
  expect(await screen.findByText("Archiving 2,340 projects")).toBeVisible();
  expect(screen.getByText("120 of 2,340")).toBeVisible();
  expect(screen.getByRole("progressbar", { name: "Archiving 2,340 projects" })).toHaveAttribute("aria-valuetext", "120 of 2,340");
});

it("tells aloud when it begins, at each quarter, and what came of it", async () => {
  const { queryClient } = await show();
  // The other one is that of the toasts.
  const region = screen.getAllByRole("status").find((status) => status.classList.contains("sr-only"));
  expect(region).toBeEmptyDOMElement();
  for (const [operation, said] of [
    [{ state: "QUEUED", total: 40, succeeded: 0 }, "Archiving 40 projects: 0 of 40"],
    [{ total: 40, succeeded: 9 }, "Archiving 40 projects: 0 of 40"],
    [{ total: 40, succeeded: 9, failed: 2 }, "Archiving 40 projects: 10 of 40"],
    [{ ...ENDED, total: 40, succeeded: 38, failed: 2 }, "38 projects archived: 38 of 40, 2 failed"],
    [{ ...ENDED, total: 40, succeeded: 40, failed: 0 }, "40 projects archived"],
  ] satisfies [Partial<BulkOperationOut>, string][]) {
    server.on("listBulkOperations", pageOf([bulkOperationOf({ failed: 0, ...operation })]));
    await queryClient.refetchQueries();
    await waitFor(() => expect(region).toHaveTextContent(said));
  }
});

it("cancels, and asks again how it is", async () => {
  await show(bulkOperationOf());
  server.on("cancelBulkOperation", bulkOperationOf({ state: "CANCELLED" }));
  server.on("listBulkOperations", pageOf([bulkOperationOf({ state: "CANCELLED", finished_at: now })]));
  await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(await screen.findByText("120 projects archived")).toBeVisible();
  expect(screen.getByText("Cancelled. 2,220 were not started.")).toBeVisible();
  expect(server.to("cancelBulkOperation")[0]?.path).toEqual({ operation_id: idOf(60) });
});

it("says why it could not be cancelled", async () => {
  await show(bulkOperationOf());
  server.on("cancelBulkOperation", refusal(409, { detail: "It ended before it could be cancelled." }));
  await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("It ended before it could be cancelled.");
});

it("tells by name what failed, and how many more", async () => {
  await show(bulkOperationOf({ ...ENDED, total: 30, succeeded: 8, failed: 22, errors: [errorOf(1), errorOf(2, null)] }));
  await userEvent.click(await screen.findByRole("button", { name: "See why" }));
  const items = within(screen.getByRole("list", { name: "Failed items" })).getAllByRole("listitem");
  expect(items.map((item) => item.textContent)).toEqual(["Project 1It isn’t completed.", "Item that no longer existsIt isn’t completed.", "And 20 more."]);
  // Not all are known by their ids.
  expect(screen.queryByRole("button", { name: "Retry failed items" })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Hide reasons" }));
  expect(screen.queryByRole("list", { name: "Failed items" })).not.toBeInTheDocument();
});

it("tries again what failed", async () => {
  await show(bulkOperationOf({ ...ENDED, succeeded: 1, failed: 2, errors: [errorOf(1), errorOf(2)] }));
  server.on("startBulkOperation", bulkOperationOf({ id: idOf(61), state: "QUEUED", total: 2, succeeded: 0 }));
  server.on("listBulkOperations", pageOf([bulkOperationOf({ id: idOf(61), state: "QUEUED", total: 2, succeeded: 0 })]));
  await userEvent.click(await screen.findByRole("button", { name: "Retry failed items" }));
  expect(await screen.findByText("Archiving 2 projects")).toBeVisible();
  expect(screen.getByText("Waiting to start")).toBeVisible();
  expect(server.to("startBulkOperation")[0]?.body).toEqual({ kind: "projects.archive", ids: [idOf(1), idOf(2)] });
});

it("tries again only what may pass, and not what was refused", async () => {
  const refused = { ...errorOf(2), may_pass: false };
  const { unmount } = await show(bulkOperationOf({ ...ENDED, succeeded: 2, failed: 1, errors: [refused] }));
  expect(await screen.findByRole("button", { name: "See why" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Retry failed items" })).not.toBeInTheDocument();
  unmount();
  server.on("startBulkOperation", bulkOperationOf({ id: idOf(61), state: "QUEUED" }));
  await show(bulkOperationOf({ ...ENDED, succeeded: 1, failed: 2, errors: [errorOf(1), refused] }));
  await userEvent.click(await screen.findByRole("button", { name: "Retry failed items" }));
  await waitFor(() => expect(server.to("startBulkOperation").at(-1)?.body).toEqual({ kind: "projects.archive", ids: [idOf(1)] }));
});

it("goes by itself when all went well", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  await show(bulkOperationOf(ENDED));
  expect(await screen.findByText("3 projects archived", { selector: "p.font-medium" })).toBeVisible();
  await vi.advanceTimersByTimeAsync(6000);
  await waitFor(() => expect(screen.queryByText("3 projects archived", { selector: "p.font-medium" })).not.toBeInTheDocument());
});

it.each([
  ["PERMISSION_LOST", "Stopped, because you no longer have permission to do this."],
  ["INTERNAL_ERROR", "Stopped, because of a problem on our side. You can start it again."],
] as const)("says why it was stopped: %s", async (reason, sentence) => {
  await show(bulkOperationOf({ ...ENDED, state: "FAILED", succeeded: 1, stop_reason: reason }));
  expect(await screen.findByText(sentence)).toBeVisible();
});

it("stays closed on this browser once a result was closed", async () => {
  const { unmount } = await show(bulkOperationOf(ENDED));
  expect(await screen.findByText("3 projects archived", { selector: "p.font-medium" })).toBeVisible();
  expect(screen.queryByText("3 of 3")).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByText("3 projects archived")).not.toBeInTheDocument();
  unmount();
  await show(bulkOperationOf(ENDED), bulkOperationOf({ id: idOf(61) }));
  expect(await screen.findByText("Archiving 2,340 projects")).toBeVisible();
  expect(screen.queryByText("3 projects archived")).not.toBeInTheDocument();
});

it("shows no result of what another browser showed", async () => {
  window.localStorage.clear();
  await show(bulkOperationOf(ENDED), bulkOperationOf({ id: idOf(61) }));
  expect(await screen.findByText("Archiving 2,340 projects")).toBeVisible();
  expect(screen.queryByText("3 projects archived")).not.toBeInTheDocument();
});

it("asks again when the stream tells of the reader, and not of others", () => {
  const { bulk_operations: reads } = bulkTopics(idOf(3));
  const change = { topic: "bulk_operations" as const, project_id: null };
  expect(reads({ ...change, id: idOf(3) })).toEqual([[{ _id: "listBulkOperations" }]]);
  expect(reads({ ...change, id: idOf(4) })).toEqual([]);
});
