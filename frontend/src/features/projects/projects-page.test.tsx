import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { bulkOperationOf, idOf, pageOf, projectOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import type { ProjectFilter } from "./list";
import { ProjectsPage } from "./projects-page";

const server = testServer();

beforeEach(() => {
  server.on("listProjects", pageOf([projectOf({ id: idOf(20), status: "COMPLETED", title: "Done for Harbour" }), projectOf({ id: idOf(21), status: "IN_PROGRESS", title: "Under way at Kloof" })]));
  URL.createObjectURL = vi.fn(() => "blob:csv");
  URL.revokeObjectURL = vi.fn();
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
});
afterEach(() => void vi.restoreAllMocks());

async function show(filter: ProjectFilter, permissions: ("projects:read" | "projects:update")[]) {
  await renderPage(<ProjectsPage filter={filter} onFilter={vi.fn()} />, { me: { permissions } });
  await screen.findByRole("table", { name: "Projects" });
}

it("archives those of several projects that are completed, and says before how many", async () => {
  server.on("startBulkOperation", bulkOperationOf({ total: 2, succeeded: 0 }));
  await show({}, ["projects:read", "projects:update"]);
  await userEvent.click(screen.getByRole("checkbox", { name: "Select all on this page" }));
  await userEvent.click(screen.getByRole("button", { name: "Archive" }));
  const question = within(await screen.findByRole("dialog", { name: "Archive 2 projects?" }));
  expect(question.getByText(/^1 of 2 can be archived; the other isn’t completed\..* can no longer approve or pay its proposals\.$/)).toBeVisible();
  await userEvent.click(question.getByRole("button", { name: "Archive" }));
  await vi.waitFor(() => expect(server.to("startBulkOperation").map(({ body }) => body)).toEqual([{ kind: "projects.archive", ids: [idOf(20)] }]));
});

it("archives none where none is completed", async () => {
  await show({}, ["projects:read", "projects:update"]);
  await userEvent.click(screen.getByRole("checkbox", { name: /Under way at Kloof/ }));
  await userEvent.click(screen.getByRole("button", { name: "Archive" }));
  const question = within(await screen.findByRole("dialog", { name: "This project can’t be archived yet" }));
  expect(question.getByText("This project isn’t completed. Open it to archive it early.")).toBeVisible();
  expect(question.queryByRole("button", { name: "Archive" })).not.toBeInTheDocument();
  await userEvent.click(question.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

it("offers no act on several projects to whoever may only read them", async () => {
  await show({}, ["projects:read"]);
  expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
});

it("saves the file with the list's filter and order, and all of its pages", async () => {
  server.on("exportProjects", new Response("title\r\n", { headers: { "Content-Type": "text/csv" } }));
  await show({ q: "harbour", status: "COMPLETED", sort: "-title", page: 2, from: "2026-11-01", hide: "code" }, ["projects:read"]);
  await userEvent.click(screen.getByRole("button", { name: /^Export CSV/ }));
  await vi.waitFor(() => expect(URL.createObjectURL).toHaveBeenCalledOnce());
  const sent = server.to("exportProjects")[0]?.query ?? {};
  expect(Object.keys(sent).sort()).toEqual(["from", "q", "sort", "status"]);
  expect(server.to("listProjects")[0]?.query).toMatchObject(sent);
});

it("shows a client the status in a client’s words", async () => {
  server.on("listProjects", pageOf([projectOf({ status: "DRAFT" })]));
  await show({}, ["projects:read"]);
  expect(screen.getByRole("table", { name: "Projects" })).toHaveTextContent("In preparation");
  expect(screen.queryByText("Draft")).not.toBeInTheDocument();
});

it("names the business to a client without projects", async () => {
  server.on("listProjects", pageOf([]));
  await renderPage(<ProjectsPage filter={{}} onFilter={vi.fn()} />, { me: { permissions: ["projects:read"] } });
  expect(await screen.findByText("Your first project appears here once Northstar Automation sets it up.")).toBeVisible();
});
