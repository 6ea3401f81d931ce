import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { renderPage } from "@/testing/render-page";
import { CommandPalette } from "./command-palette";
import { FramePending } from "./frame-pending";
import { openPalette } from "./palette-key";

afterEach(() => openPalette(false));

it("opens for a key that was pressed before it was known who is reading", async () => {
  const { unmount } = await renderPage(<FramePending />);
  await userEvent.keyboard("{Control>}k{/Control}");
  unmount();
  await renderPage(<CommandPalette acts={[]} />);
  expect(await screen.findByRole("dialog")).toBeVisible();
});
