import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { projectOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { ProjectMenu } from "./project-menu";

const server = testServer();
const DECLINED = projectOf({ status: "PROPOSED", next_statuses: ["APPROVED"] });

async function ask(project = DECLINED) {
  await renderPage(<ProjectMenu project={project} />);
  await userEvent.click(await screen.findByRole("button", { name: "More project actions" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Archive project" }));
  return within(await screen.findByRole("dialog"));
}

it("archives a project that came to nothing, with a reason for the record", async () => {
  server.on("changeProjectStatus", { ...DECLINED, status: "ARCHIVED" });
  const dialog = await ask();
  await userEvent.click(dialog.getByRole("button", { name: "Archive project" }));
  await vi.waitFor(() => expect(dialog.getByLabelText("Reason")).toHaveAccessibleDescription("Enter a reason."));
  await userEvent.type(dialog.getByLabelText("Reason"), "The client went elsewhere");
  await userEvent.click(dialog.getByRole("button", { name: "Archive project" }));
  expect(await screen.findByText("Project archived")).toBeVisible();
  expect(server.to("changeProjectStatus").map(({ body }) => body)).toEqual([{ status: "ARCHIVED", override: true, reason: "The client went elsewhere" }]);
});

it.each([
  ["is still deciding", projectOf({ status: "PROPOSED", proposal_status: "SENT" }), /^The client is still deciding on the proposal\. It will be closed/],
  ["has not paid", projectOf({ status: "APPROVED", proposal_status: "APPROVED" }), /^The approved proposal hasn’t been paid\. It will be closed/],
])("tells what becomes of a proposal whose client %s", async (_, project, words) => {
  const dialog = await ask(project);
  expect(dialog.getByText(words)).toBeVisible();
});

it("tells of no proposal that would be closed where nothing waits for the client", async () => {
  const dialog = await ask(projectOf({ status: "IN_PROGRESS", proposal_status: "APPROVED" }));
  expect(dialog.queryByText(/will be closed/)).toBeNull();
});

it("asks before a reason that was typed is lost", async () => {
  const dialog = await ask();
  await userEvent.type(dialog.getByLabelText("Reason"), "The client went elsewhere{Escape}");
  expect(await screen.findByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
  expect(dialog.getByLabelText("Reason")).toHaveValue("The client went elsewhere");
});

async function edit() {
  await renderPage(<ProjectMenu project={projectOf({ revision: 3, title: "Lead capture" })} />);
  await userEvent.click(await screen.findByRole("button", { name: "More project actions" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Edit details" }));
  return within(await screen.findByRole("dialog", { name: "Edit details" }));
}

it("renames a project, and sends nothing that was not changed", async () => {
  server.on("updateProject", projectOf({ revision: 4, title: "Lead capture and follow-up" }));
  const panel = await edit();
  await userEvent.type(panel.getByLabelText("Title"), " and follow-up");
  await userEvent.click(panel.getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Project saved")).toBeVisible();
  expect(server.to("updateProject").map(({ body, headers }) => [body, headers.get("If-Match")])).toEqual([[{ title: "Lead capture and follow-up" }, '"3"']]);
});

it("keeps what was typed when somebody else was faster, and saves it when asked again", async () => {
  server
    .on("updateProject", ({ headers }) => (headers.get("If-Match") === '"4"' ? projectOf({ revision: 5 }) : refusal(412, { detail: "Someone else saved this." })))
    .on("getProject", projectOf({ revision: 4, title: "Lead intake" }));
  const panel = await edit();
  await userEvent.type(panel.getByLabelText(/Description/), "In two phases.");
  await userEvent.click(panel.getByRole("button", { name: "Save changes" }));
  expect(await panel.findByText("“Lead intake” was changed while you were editing")).toBeVisible();
  expect(panel.getByLabelText(/Description/)).toHaveValue("In two phases.");
  expect(panel.getByLabelText("Title")).toHaveValue("Lead intake");
  await userEvent.click(panel.getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Project saved")).toBeVisible();
  expect(server.to("updateProject").at(-1)?.body).toEqual({ description: "In two phases." });
});
