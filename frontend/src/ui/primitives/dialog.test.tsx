import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { Button } from "./button";
import { ConfirmDialog } from "./confirm-dialog";

function Sample({ onConfirm }: { onConfirm: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Archive project</Button>
      <ConfirmDialog isOpen={isOpen} onOpenChange={setOpen} title="Archive project?" description="The client sees it." verb="Archive" onConfirm={onConfirm} />
    </>
  );
}

it("takes the focus in, names itself, and gives the focus back", async () => {
  const onConfirm = vi.fn();
  render(<Sample onConfirm={onConfirm} />);
  const opener = screen.getByRole("button", { name: "Archive project" });
  await userEvent.click(opener);
  const dialog = await screen.findByRole("dialog", { name: "Archive project?" });
  expect(dialog).toHaveAccessibleDescription("The client sees it.");
  await vi.waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement));
  await userEvent.click(screen.getByRole("button", { name: "Archive" }));
  expect(onConfirm).toHaveBeenCalledOnce();
  await userEvent.keyboard("{Escape}");
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(opener).toHaveFocus();
});
