import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { LongInput } from "./long-input";

it("takes one line: Enter submits, and what is pasted loses its line breaks", async () => {
  const submitted = vi.fn();
  const changed = vi.fn();
  render(
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submitted();
      }}
    >
      <LongInput
        aria-label="Description"
        onChange={(event) => {
          changed(event.target.value);
        }}
      />
    </form>,
  );
  await userEvent.click(screen.getByLabelText("Description"));
  await userEvent.paste("Stock and sales \r\n of all shops");
  expect(screen.getByLabelText("Description")).toHaveValue("Stock and sales of all shops");
  expect(changed).toHaveBeenLastCalledWith("Stock and sales of all shops");
  await userEvent.keyboard("{Enter}");
  expect(submitted).toHaveBeenCalledOnce();
});
