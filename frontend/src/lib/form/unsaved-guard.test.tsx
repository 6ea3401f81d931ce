import { Link } from "@tanstack/react-router";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderPage } from "@/testing/render-page";
import { UnsavedGuard } from "./unsaved-guard";

function Page() {
  return (
    <>
      <UnsavedGuard isDirty />
      <UnsavedGuard isDirty />
      <UnsavedGuard isDirty={false} />
      <Link to={"/elsewhere" as never}>Away</Link>
    </>
  );
}

it("asks once, however many forms were changed", async () => {
  await renderPage(<Page />);
  await userEvent.click(screen.getByRole("link", { name: "Away" }));
  await userEvent.click(await screen.findByRole("button", { name: "Keep editing" }));
  expect(screen.getByRole("link", { name: "Away" })).toBeVisible();

  await userEvent.click(screen.getByRole("link", { name: "Away" }));
  await userEvent.click(await screen.findByRole("button", { name: "Discard changes" }));
  expect(await screen.findByText("elsewhere")).toBeVisible();
});
