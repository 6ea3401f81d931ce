import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
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

it("keeps the first letters, typed while the palette was on its way, out of the field behind", async () => {
  await renderPage(
    <>
      <input aria-label="Behind" />
      <CommandPalette acts={[]} />
    </>,
  );
  await userEvent.click(screen.getByLabelText("Behind"));
  await userEvent.keyboard("{Control>}k{/Control}stock");
  await vi.waitFor(() => expect(screen.getByRole("combobox")).toHaveValue("stock"));
  expect(screen.getByLabelText("Behind")).toHaveValue("");

  await userEvent.keyboard("{Escape}");
  await vi.waitFor(() => expect(screen.getByLabelText("Behind")).toHaveFocus());
});
