import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { getInvoicePdf } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { idOf } from "@/testing/samples";
import { held, refusal, testServer } from "@/testing/server";
import { DownloadButton } from "./download-button";

const server = testServer();
const file = (disposition?: string) => new Response("%PDF-1.7", { headers: { "Content-Type": "application/pdf", ...(disposition ? { "Content-Disposition": disposition } : {}) } });

let saved: string[] = [];
beforeEach(() => {
  saved = [];
  URL.createObjectURL = vi.fn(() => "blob:file");
  URL.revokeObjectURL = vi.fn();
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
});

const show = () =>
  renderPage(
    <DownloadButton name="invoice.pdf" load={() => getInvoicePdf({ path: { invoice_id: idOf(7) }, parseAs: "blob", throwOnError: true })}>
      Download PDF
    </DownloadButton>,
  );
const press = (name = "Download PDF") => userEvent.click(screen.getByRole("button", { name }));

describe("a download", () => {
  it.each([
    ["what the server calls it", 'attachment; filename="INV-2026-000001.pdf"', "INV-2026-000001.pdf"],
    ["what the server calls it in any script", "attachment; filename*=UTF-8''Rechnung%20%E2%82%AC.pdf", "Rechnung €.pdf"],
    ["its own name where the server gives none", undefined, "invoice.pdf"],
  ])("is saved under %s", async (_, disposition, name) => {
    server.on("getInvoicePdf", file(disposition));
    await show();
    await press();
    await vi.waitFor(() => expect(saved).toEqual([name]));
    expect(within(await screen.findByRole("status")).getByText(`${name} downloaded`)).toBeVisible();
  });

  it("is busy until the file is there, and begins once", async () => {
    const answer = held(file());
    server.on("getInvoicePdf", answer.answer);
    await show();
    await press();
    await press();
    expect(screen.getByRole("button", { name: "Download PDF" })).toHaveAttribute("aria-busy", "true");
    answer.release();
    await vi.waitFor(() => expect(screen.getByRole("button", { name: "Download PDF" })).not.toHaveAttribute("aria-busy"));
    expect(server.to("getInvoicePdf")).toHaveLength(1);
  });

  it("says why the storage gave nothing, under which request, and tries again", async () => {
    server.on("getInvoicePdf", refusal(503, { detail: "Storage isn't responding. Try again shortly." }));
    await show();
    await press();
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("Storage isn't responding. Try again shortly.");
    expect(screen.getByRole("button", { name: /the request id.*0199-request/ })).toBeVisible();

    server.on("getInvoicePdf", file());
    await press("Try again");
    await vi.waitFor(() => expect(saved).toEqual(["invoice.pdf"]));
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });

  it("offers no second try where it cannot help", async () => {
    server.on("getInvoicePdf", refusal(409, { detail: "The document is still being written." }));
    await show();
    await press();
    expect(await screen.findByRole("alert")).toHaveTextContent("The document is still being written.");
    expect(screen.queryByRole("button", { name: "Try again" })).not.toBeInTheDocument();
  });
});
