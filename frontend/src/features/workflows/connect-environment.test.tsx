import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { environmentOf, pageOf, versionOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { ConnectEnvironment } from "./connect-environment";
import { EnvironmentsPanel } from "./environments-panel";

const server = testServer();

async function open() {
  await userEvent.click(screen.getByRole("button", { name: "Connect n8n server" }));
  return within(await screen.findByRole("dialog"));
}

it("asks before it closes over what was typed, and forgets it when that is confirmed", async () => {
  server.on("getVersion", versionOf());
  await renderPage(<ConnectEnvironment />);
  await userEvent.type((await open()).getByLabelText("Name"), "Production{Escape}");
  await userEvent.click(await screen.findByRole("button", { name: "Discard changes" }));
  const again = await open();
  expect(again.getByLabelText("Name")).toHaveValue("");
  expect(screen.queryByRole("button", { name: "Discard changes" })).toBeNull();
});

const REFUSED = "The n8n server didn't accept the API key. Create a new key in n8n and enter it here.";

it("keeps saying why the connection failed, where another key is entered, until it succeeds", async () => {
  const refused = environmentOf({ is_reachable: false, version: null, check_failure: REFUSED });
  server.on("getVersion", versionOf()).on("createWorkflowEnvironment", refused).on("updateWorkflowEnvironment", refused).on("testWorkflowEnvironment", refused);
  await renderPage(<ConnectEnvironment />);
  const panel = await open();
  await userEvent.type(panel.getByLabelText("Name"), "Production n8n");
  await userEvent.type(panel.getByLabelText("Address"), "https://n8n.example.com");
  await userEvent.type(panel.getByLabelText("API key"), "wrong");
  await userEvent.click(panel.getByRole("button", { name: "Connect n8n server" }));

  const correction = within(await screen.findByRole("dialog", { name: "Correct the connection to Production n8n" }));
  expect(correction.getByRole("alert")).toHaveTextContent(/^The server was saved, but the connection failed.*enter it here\.$/);
  await vi.waitFor(() => expect(correction.getByLabelText("API key")).toHaveFocus());
  expect(correction.getByLabelText("Address")).toHaveValue("https://n8n.example.com");

  await userEvent.type(correction.getByLabelText("API key"), "stale");
  await userEvent.click(correction.getByRole("button", { name: "Save and test" }));
  await vi.waitFor(() => expect(server.to("testWorkflowEnvironment")).toHaveLength(1));
  expect(await correction.findByRole("alert")).toHaveTextContent("enter it here.");

  server.on("testWorkflowEnvironment", environmentOf());
  await vi.waitFor(() => expect(correction.getByLabelText("API key")).toHaveValue(""));
  await userEvent.type(correction.getByLabelText("API key"), "right");
  await userEvent.click(correction.getByRole("button", { name: "Save and test" }));
  expect(await screen.findByText("n8n 1.120.0")).toBeVisible();
  expect(server.to("updateWorkflowEnvironment").map(({ body }) => body)).toEqual([
    { base_url: "https://n8n.example.com", api_key: "stale" },
    { base_url: "https://n8n.example.com", api_key: "right" },
  ]);
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

it("can be corrected later in the list, where a server is not connected", async () => {
  server.on("listWorkflowEnvironments", pageOf([environmentOf({ is_reachable: false, check_failure: REFUSED })]));
  await renderPage(<EnvironmentsPanel filter={{}} onFilter={vi.fn()} />);
  await userEvent.click(await screen.findByRole("button", { name: "Correct connection to Production n8n" }));
  const correction = within(await screen.findByRole("dialog"));
  expect(correction.getByRole("alert")).toHaveTextContent(REFUSED);
  await vi.waitFor(() => expect(correction.getByLabelText("API key")).toHaveFocus());
});
