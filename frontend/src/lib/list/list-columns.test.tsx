import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { head, listServer, show } from "@/testing/listed-invoices";

const server = listServer();
const asked = server.asked;

describe("the heads", () => {
  it("sort texts from A and amounts from the largest first, then the other way round", async () => {
    const { last } = await show({ page: 2 });
    await userEvent.click(within(await head("Total")).getByRole("button", { name: "Total" }));
    expect(last()).toEqual({ sort: "-total" });
    expect(await head("Total")).toHaveAttribute("aria-sort", "descending");
    await userEvent.click(within(await head("Total")).getByRole("button"));
    expect(last()).toEqual({ sort: "total" });
    expect(await head("Total")).toHaveAttribute("aria-sort", "ascending");
    await userEvent.click(within(await head("Number")).getByRole("button"));
    expect(await head("Number")).toHaveAttribute("aria-sort", "ascending");
    expect(await head("Total")).toHaveAttribute("aria-sort", "none");
    expect(asked()).toMatchObject({ sort: "number" });
  });

  it("tell aloud in which order the rows are", async () => {
    await show();
    const region = (await head("Total")).closest("main, body")?.querySelector("[role=search] .sr-only[aria-live=polite]");
    expect(region).toBeEmptyDOMElement();
    await userEvent.click(within(await head("Total")).getByRole("button"));
    expect(region).toHaveTextContent("Sorted by Total: highest first");
    await userEvent.click(within(await head("Number")).getByRole("button"));
    expect(region).toHaveTextContent("Sorted by Number: A to Z");
  });

  it("say nothing of an order that cannot be asked for", async () => {
    await show();
    expect(await head("For")).not.toHaveAttribute("aria-sort");
    expect(within(await head("For")).queryByRole("button")).not.toBeInTheDocument();
  });

  it("become a choice where there are cards", async () => {
    document.documentElement.dataset.narrow = "yes";
    const { last } = await show();
    await screen.findByRole("list", { name: "Invoices" });
    const choice = screen.getByLabelText("Sort by");
    expect([...choice.querySelectorAll("option")].map((option) => option.textContent)).toEqual(["Newest first", "Number: A to Z", "Number: Z to A", "Total: highest first", "Total: lowest first"]);
    expect(choice).toHaveValue("-created_at");
    await userEvent.selectOptions(choice, "Total: highest first");
    expect(last()).toEqual({ sort: "-total" });
  });
});

describe("the columns", () => {
  it("are hidden and shown again, in the address and on this browser; the first one stays", async () => {
    const { last, unmount } = await show();
    await userEvent.click(await screen.findByRole("button", { name: "Choose columns" }));
    expect((await screen.findAllByRole("menuitemcheckbox")).map((item) => item.textContent)).toEqual(["For", "Total"]);
    await userEvent.click(screen.getByRole("menuitemcheckbox", { name: "For" }));
    expect(last()).toEqual({ hide: "title" });
    await vi.waitFor(() => expect(screen.queryByRole("columnheader", { name: "For", hidden: true })).not.toBeInTheDocument());
    unmount();
    const again = await show();
    await head("Total");
    expect(screen.queryByRole("columnheader", { name: "For" })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Choose columns" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Show all columns" }));
    expect(again.last()).toEqual({});
    expect(await head("For")).toBeVisible();
  });

  it("follow the address rather than what this browser remembers", async () => {
    window.localStorage.setItem("capecontrol.Invoices.hidden-columns", '["total"]');
    await show({ hide: "title,nothing" });
    expect(await head("Total")).toBeVisible();
    expect(screen.queryByRole("columnheader", { name: "For" })).not.toBeInTheDocument();
  });

  it("are all there where the browser keeps nothing", async () => {
    vi.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
      throw new DOMException("refused", "SecurityError");
    });
    await show();
    expect(await head("For")).toBeVisible();
  });
});
