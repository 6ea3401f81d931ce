import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { ProposalOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { businessOf, idOf, pageOf, proposalOf, taxRateOf } from "@/testing/samples";
import { held, refusal, testServer } from "@/testing/server";
import DraftPage from "./draft-page";
import { NewProposalPage } from "./new-proposal-page";

const server = testServer();
const PROJECT = { id: idOf(2), code: "PRJ-2026-019", title: "Lead capture", client: "Harbour Logistics" };
/** Three of today, and one that VAT had before. */
const RATES = [
  taxRateOf(),
  taxRateOf({ id: idOf(72), name: "VAT, reduced", rate: "7.50", is_default: false }),
  taxRateOf({ id: idOf(73), rate: "14.00", valid_from: "1993-04-07", is_current: false }),
];
const plain = (text: string | null | undefined) => text?.replaceAll(/\s/g, " ");

async function writeNew(business = businessOf(), versions: ProposalOut[] = []) {
  server.on("listProposals", pageOf(versions)).on("getBusiness", business).on("listTaxRates", { items: RATES }).on("createProposal", ({ body }) => proposalOf({ id: idOf(6), status: "DRAFT", title: body.title }));
  const view = await renderPage(<NewProposalPage project={PROJECT} />);
  await screen.findByLabelText("Line 1 description");
  return view;
}

async function open(draft: ProposalOut, business = businessOf()) {
  server.on("getBusiness", business).on("listTaxRates", { items: RATES }).on("getProposal", draft).on("updateProposal", ({ body }) => ({ ...draft, title: body.title ?? draft.title, revision: draft.revision + 1 }));
  const view = await renderPage(<DraftPage proposalId={draft.id} sent="What was sent" />);
  await screen.findByLabelText("Line 1 description");
  return view;
}

async function fill(label: string | RegExp, text: string) {
  await userEvent.clear(screen.getByLabelText(label));
  if (text) await userEvent.type(screen.getByLabelText(label), text);
}
const save = () => userEvent.click(screen.getByRole("button", { name: "Save draft" }));
const total = () => plain(within(screen.getByRole("heading", { name: "Totals" }).closest("section") ?? document.body).getByText("Total").nextElementSibling?.textContent);

describe("a proposal after another one", () => {
  const line = proposalOf().line_items[0];
  const DECLINED = proposalOf({ version: 2, status: "DECLINED", title: "Order intake", summary: "All of it", terms: "As agreed", decision_note: "Too dear", valid_until: "2026-10-01T21:59:59Z" });

  it("begins with what came to nothing, its own validity and what the client wrote", async () => {
    await writeNew(businessOf(), [DECLINED, proposalOf({ version: 1, status: "SUPERSEDED", title: "Before" })]);
    expect(screen.getByText("This draft starts with the content of version 2, which was declined")).toBeVisible();
    expect(screen.getByText("The client wrote: “Too dear”")).toBeVisible();
    expect(screen.getByLabelText("Title")).toHaveValue("Order intake");
    expect(screen.getByLabelText("Line 1 description")).toHaveValue(line?.description);
    expect(screen.getByLabelText(/^Terms/)).toHaveValue("As agreed");
    await save();
    await vi.waitFor(() => expect(server.to("createProposal")).toHaveLength(1));
    const [sent] = server.to("createProposal");
    expect(sent?.body).toMatchObject({ title: "Order intake", summary: "All of it", terms: "As agreed" });
    expect(String(sent?.body.valid_until) > "2026-10-31").toBe(true);
  });

  it("can begin blank all the same", async () => {
    await writeNew(businessOf(), [DECLINED]);
    await userEvent.click(screen.getByRole("button", { name: "Start with a blank proposal" }));
    expect(screen.getByLabelText("Title")).toHaveValue(PROJECT.title);
    expect(screen.getByLabelText("Line 1 description")).toHaveValue("");
    expect(screen.queryByText(/starts with the content/)).not.toBeInTheDocument();
  });

  it.each([
    ["in another currency", businessOf({ currency: "USD" }), DECLINED],
    ["that still counts", businessOf(), proposalOf({ status: "APPROVED" })],
  ])("begins blank after one %s", async (_, business, before) => {
    await writeNew(business, [before]);
    expect(screen.getByLabelText("Line 1 description")).toHaveValue("");
    expect(screen.queryByText(/starts with the content/)).not.toBeInTheDocument();
  });
});

describe("a new proposal", () => {
  it("is in the business's currency, and ends on a day that is sent as a day", async () => {
    const { router } = await writeNew(businessOf({ currency: "USD" }));
    await fill("Line 1 description", "Discovery workshop");
    await fill("Quantity", "1,5");
    await fill("Price (USD)", "1,200.00");
    await fill("Valid until", "2026-12-05");
    expect(total()).toBe("US$2,070.00");
    await save();
    await vi.waitFor(() => expect(router.state.location.pathname).toBe(`/proposals/${idOf(6)}`));
    expect(server.to("createProposal")[0]?.body).toEqual({
      project_id: PROJECT.id,
      title: "Lead capture",
      summary: "",
      terms: "",
      tax_inclusive: false,
      valid_until: "2026-12-05",
      line_items: [{ description: "Discovery workshop", quantity: "1.5", unit_price: { amount: 120_000, currency: "USD" }, tax_rate: "15", optional: false }],
    });
  });

  it("says at each field what is missing, and sends nothing", async () => {
    await writeNew();
    await fill("Title", "");
    await fill("Quantity", "0");
    await fill("VAT (%)", "101");
    await save();
    expect(await screen.findByText("Enter a title.")).toBeVisible();
    expect(screen.getByLabelText("Title")).toHaveAccessibleDescription("Enter a title.");
    expect(screen.getByLabelText("Line 1 description")).toHaveAccessibleDescription("Enter a description.");
    expect(screen.getByLabelText("Quantity")).toHaveAccessibleDescription("Enter more than 0, such as 1.5.");
    expect(screen.getByLabelText("Price (ZAR)")).toHaveAccessibleDescription("Enter a price, or 0.");
    expect(screen.getByLabelText("VAT (%)")).toHaveAccessibleDescription("Enter 0 to 100.");
    expect(server.to("createProposal")).toEqual([]);
  });

  it.each(["10000000000.01", "99999999999999999999"])("takes no price beyond what the server takes: %s", async (price) => {
    await writeNew();
    await fill("Line 1 description", "Everything");
    await fill("Price (ZAR)", price);
    await save();
    expect(plain((await screen.findByText(/or less\.$/)).textContent)).toBe("Enter R 10,000,000,000.00 or less.");
  });

  it.each([
    ["Quantity", "12345678", "Use up to 7 digits before the point."],
    ["Quantity", "1.23456", "Use up to 4 decimals."],
    ["Quantity", "-1", "Enter more than 0, such as 1.5."],
    ["VAT (%)", "15.125", "Use up to 2 decimals."],
    ["VAT (%)", "1000", "Enter 0 to 100."],
  ])("says which bound a number is beyond: %s %s", async (label, text, complaint) => {
    await writeNew();
    await fill(label, text);
    await save();
    await vi.waitFor(() => expect(screen.getByLabelText(label)).toHaveAccessibleDescription(complaint));
  });

  it.each([
    [null, "Your business has no default tax, so new lines start without a rate."],
    ["GST", "GST has no rate today, so new lines start without one."],
  ])("invents no rate of tax where the default is %s", async (default_tax, sentence) => {
    await writeNew(businessOf({ default_tax, tax_rate: null }));
    expect(screen.getByText("Enter a tax rate for each line")).toBeVisible();
    expect(screen.getByText(sentence)).toBeVisible();
    expect(screen.getByLabelText("VAT (%)")).toHaveValue("");
    await fill("Line 1 description", "Discovery workshop");
    await fill("Price (ZAR)", "1000");
    await save();
    await vi.waitFor(() => expect(screen.getByLabelText("VAT (%)")).toHaveAccessibleDescription("Enter a rate, or 0."));
    expect(server.to("createProposal")).toEqual([]);
    await fill("VAT (%)", "0");
    await save();
    await vi.waitFor(() => expect(server.to("createProposal")[0]?.body).toMatchObject({ line_items: [{ tax_rate: "0" }] }));
  });

  it("offers the rates of today, and starts with the default", async () => {
    await writeNew();
    expect(screen.queryByText("Enter a tax rate for each line")).not.toBeInTheDocument();
    const field = screen.getByLabelText<HTMLInputElement>("VAT (%)");
    expect(field).toHaveValue("15");
    await vi.waitFor(() => expect([...(field.list?.options ?? [])].map(({ value, label }) => [value, label])).toEqual([["15", "VAT 15%"], ["7.5", "VAT, reduced 7.5%"]]));
  });

  it("counts what is charged, and not what is optional", async () => {
    await writeNew();
    await fill("Price (ZAR)", "1000");
    await userEvent.click(screen.getByRole("button", { name: "Add line" }));
    await userEvent.type(screen.getAllByLabelText("Price (ZAR)")[1] ?? document.body, "500");
    expect(total()).toBe("R 1,725.00");
    await userEvent.click(screen.getAllByLabelText("Optional extra (not in the total)")[1] ?? document.body);
    expect(total()).toBe("R 1,150.00");
    await userEvent.click(screen.getByLabelText("Prices include VAT"));
    expect(total()).toBe("R 1,000.00");
    await userEvent.click(screen.getByRole("button", { name: "Remove line 2" }));
    expect(screen.queryByRole("button", { name: /Remove line/ })).not.toBeInTheDocument();
  });
});

describe("a new proposal that is saved while somebody types", () => {
  it("keeps what was typed, and saves it into the same draft", async () => {
    const { router } = await writeNew();
    await fill("Line 1 description", "Discovery workshop");
    await fill("Price (ZAR)", "1000");
    await fill("Title", "Mine");
    const draft = proposalOf({ id: idOf(6), status: "DRAFT", title: "Mine", revision: 1 });
    const { answer, release } = held(draft);
    server.on("createProposal", answer).on("updateProposal", ({ body }) => ({ ...draft, title: body.title ?? "", revision: 2 }));
    await userEvent.click(screen.getByRole("button", { name: "Send proposal" }));
    await vi.waitFor(() => expect(server.to("createProposal")).toHaveLength(1));
    await userEvent.type(screen.getByLabelText("Title"), " and more");
    const before = router.state.location.href;
    release();
    expect(await screen.findByText("Draft saved")).toBeVisible();
    expect(screen.getByLabelText("Title")).toHaveValue("Mine and more");
    expect(router.state.location.href).toBe(before);

    await save();
    await vi.waitFor(() => expect(router.state.location.pathname).toBe(`/proposals/${idOf(6)}`));
    expect(server.to("createProposal")).toHaveLength(1);
    expect(server.to("updateProposal").map(({ body, headers }) => [body.title, headers.get("If-Match")])).toEqual([["Mine and more", '"1"']]);
  });
});

describe("a new proposal that is saved to be sent", () => {
  it("opens its draft once, with the question", async () => {
    const { router } = await writeNew();
    await fill("Line 1 description", "Discovery workshop");
    await fill("Price (ZAR)", "1000");
    const opened: string[] = [];
    router.subscribe("onBeforeNavigate", ({ toLocation }) => opened.push(toLocation.href));
    await userEvent.click(screen.getByRole("button", { name: "Send proposal" }));
    await vi.waitFor(() => expect(router.state.location.search).toEqual({ send: true }));
    expect(opened).toEqual([`/proposals/${idOf(6)}?send=true`]);
  });
});

describe("a draft with a rate of tax that is past", () => {
  const kept = proposalOf({ id: idOf(6), status: "DRAFT" });
  const draft = { ...kept, line_items: kept.line_items.map((item) => ({ ...item, tax_rate: "14.00" })) };

  it.each(["15.00", null])("keeps it and says so, and gives it to no new line (default: %s)", async (tax_rate) => {
    await open(draft, businessOf({ tax_rate }));
    expect(await screen.findByText("VAT 14% isn’t in effect any more. This line keeps it until you change it.")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Add line" }));
    expect(screen.getAllByLabelText("VAT (%)").map((field) => (field as HTMLInputElement).value)).toEqual(["14", tax_rate ? "15" : ""]);
  });

  it("says so no longer once the line has another", async () => {
    await open(draft);
    await screen.findByText(/^VAT 14% isn’t in effect/);
    await fill("VAT (%)", "7.5");
    expect(screen.queryByText(/isn’t in effect/)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Add line" }));
    expect(screen.getAllByLabelText("VAT (%)")[1]).toHaveValue("7.5");
  });
});

describe("a draft", () => {
  it.each([
    ["USD", 120_000, "1200.00"],
    ["JPY", 1_200, "1200"],
  ])("in %s stays in it", async (currency, amount, shown) => {
    await open(proposalOf({ status: "DRAFT", currency, amount }));
    expect(screen.getByLabelText(`Price (${currency})`)).toHaveValue(shown);
    await fill("Title", "Better");
    await save();
    expect(await screen.findByText("Draft saved")).toBeVisible();
    const [sent] = server.to("updateProposal");
    expect(sent?.body).toMatchObject({ title: "Better", line_items: [{ unit_price: { amount, currency } }] });
    expect(sent?.headers.get("If-Match")).toBe('"3"');
  });

  it("shows the day of the business, and leaves an end that nobody changed alone", async () => {
    await open(proposalOf({ status: "DRAFT", valid_until: "2026-12-06T07:59:59Z" }), businessOf({ timezone: "America/Los_Angeles" }));
    expect(screen.getByLabelText("Valid until")).toHaveValue("2026-12-05");
    await save();
    await screen.findByText("Draft saved");
    expect(server.to("updateProposal")[0]?.body).not.toHaveProperty("valid_until");
  });

  it("that is refused for no reason that can be shown says what the server says", async () => {
    await open(proposalOf({ status: "DRAFT" }));
    server.on("updateProposal", refusal(412, { detail: "Somebody saved at the same moment." }));
    await fill("Title", "Mine");
    await save();
    expect(await screen.findByRole("alert")).toHaveTextContent("Somebody saved at the same moment.");
    expect(screen.getByLabelText("Title")).toHaveValue("Mine");
  });

  it("brings the server's complaint to the price that it speaks of", async () => {
    await open(proposalOf({ status: "DRAFT" }));
    server.on("updateProposal", refusal(422, { detail: "Invalid", errors: [{ pointer: "/line_items/0/unit_price/amount", detail: "Too dear." }] }));
    await save();
    await vi.waitFor(() => expect(screen.getByLabelText("Price (ZAR)")).toHaveAccessibleDescription("Too dear."));
  });

  it("repeats what the client asked of the version before", async () => {
    server.on("listProposals", pageOf([proposalOf({ id: idOf(61), version: 1, status: "CHANGES_REQUESTED", decision_note: "Cheaper, please.", decided_by_name: "Aisha Jacobs", decided_at: "2026-11-21T08:00:00Z" })]));
    await open(proposalOf({ status: "DRAFT", version: 2 }));
    const asked = await screen.findByText("“Cheaper, please.”");
    expect(screen.getByText(/^Changes to version 1 requested by Aisha Jacobs on/)).toHaveTextContent(/ on 21 November 2026$/);
    // Below the title, as every other notice.
    expect(screen.getByRole("heading", { level: 1 }).compareDocumentPosition(asked)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it("is sent once, however quickly its button is pressed twice", async () => {
    const draft = proposalOf({ status: "DRAFT" });
    await open(draft);
    server.on("sendProposal", { ...draft, status: "SENT" });
    await userEvent.click(screen.getByRole("button", { name: "Send proposal" }));
    const verb = within(await screen.findByRole("dialog", { name: /^Send “Lead capture/ })).getByRole("button", { name: "Send proposal" });
    // Before the page is drawn again, as a busy machine does it.
    for (const detail of [1, 2]) fireEvent.click(verb, { detail });
    expect(await screen.findAllByText("Proposal sent")).toHaveLength(1);
    expect(server.to("sendProposal")).toHaveLength(1);
  });

  it("is saved, then sent after one question", async () => {
    const draft = proposalOf({ status: "DRAFT" });
    await open(draft);
    server.on("sendProposal", { ...draft, status: "SENT" });
    await userEvent.click(screen.getByRole("button", { name: "Send proposal" }));
    const dialog = await screen.findByRole("dialog", { name: /^Send “Lead capture/ });
    expect(server.to("updateProposal")).toHaveLength(1);
    expect(server.to("sendProposal")).toHaveLength(0);
    await userEvent.click(within(dialog).getByRole("button", { name: "Send proposal" }));
    expect(await screen.findByText("Proposal sent")).toBeVisible();
    expect(screen.queryByText("Draft saved")).not.toBeInTheDocument();
    expect(server.to("sendProposal")[0]?.path).toEqual({ proposal_id: draft.id });
    expect(server.to("sendProposal")[0]?.headers.get("If-Match")).toBe(`"${String(draft.revision + 1)}"`);
  });
});

describe("the length of a proposal", () => {
  const line = proposalOf().line_items.map((item) => ({ ...item, description: "d".repeat(500) }));
  const draft = proposalOf({ status: "DRAFT", title: "t".repeat(100), summary: "s".repeat(900), terms: "x".repeat(19_000), line_items: Array.from({ length: 60 }, () => line).flat() });

  it("is counted while it is written, over all that people read", async () => {
    const { unmount } = await open(draft);
    expect(screen.getByText("50,000 of 50,000 characters")).toBeVisible();
    unmount();
    await open({ ...draft, title: "Café 👩 x" });
    expect(screen.getByText("49,908 of 50,000 characters")).toBeVisible();
  });

  it("is said to be too long, and what to do", async () => {
    await open({ ...draft, summary: "s".repeat(901) });
    expect(screen.getByText("50,001 of 50,000 characters. Shorten the proposal before you save it.")).toBeVisible();
  });
});
