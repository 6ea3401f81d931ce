import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { projectOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { ProjectMenu } from "./project-menu";

const server = testServer();
const DECLINED = projectOf({ status: "PROPOSED", next_statuses: ["APPROVED"] });

async function ask() {
  await renderPage(<ProjectMenu project={DECLINED} />);
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

it("asks before a reason that was typed is lost", async () => {
  const dialog = await ask();
  await userEvent.type(dialog.getByLabelText("Reason"), "The client went elsewhere{Escape}");
  expect(await screen.findByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
  expect(dialog.getByLabelText("Reason")).toHaveValue("The client went elsewhere");
});
