import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderPage } from "@/testing/render-page";
import { versionOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { ConnectEnvironment } from "./connect-environment";

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
