import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { BusinessEdit } from "@/api/generated";
import { getBusinessQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { zBusinessEdit } from "@/api/schemas/business/zod.gen";
import { renderPage } from "@/testing/render-page";
import { businessOf, idOf, taxRateOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { BusinessPage } from "./business-page";
import type { BusinessSection } from "./sections";
import { contact, names, registration } from "./texts";

const server = testServer();

beforeEach(() => {
  server.on("listTaxRates", { items: [] });
});

const show = (section: BusinessSection) => renderPage(<BusinessPage section={section} />, { me: { permissions: ["business:read", "business:write"] } });

function card(title: string) {
  const section = screen.getByRole("heading", { name: title, level: 3 }).closest("section");
  if (!section) throw new Error(`no card ${title}`);
  return within(section);
}

it("saves one part, on the revision that was edited", async () => {
  server.on("getBusiness", businessOf({ revision: 7 })).on("updateBusiness", ({ body }) => businessOf({ revision: 8, name: body.name ?? "" }));
  await show("identity");
  const name = await screen.findByLabelText(/Trading name/);
  await userEvent.clear(name);
  await userEvent.type(name, "Harbour");
  await userEvent.click(card("Name and address").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Name and address saved")).toBeTruthy();
  const sent = server.to("updateBusiness");
  expect(sent.at(-1)?.headers.get("If-Match")).toBe('"7"');
  expect(sent.at(-1)?.body).toEqual({ name: "Harbour", legal_name: "Northstar Automation (Pty) Ltd", address: "12 Signal Street\nCape Town 8001", country: "ZA" });
});

/** Edited by a form of its own: no text, or one with a preview or a list, or beside another. */
const OTHER_FORMS = { accent: true, accent_dark: true, currency: true, date_format: true, days_to_pay: true, default_tax: true, default_terms: true, front_door: true, number_format: true, tax_name: true, timezone: true };
/** `tsc` asks for a member that nobody can edit. */
const EDITED = { ...names.fields, ...registration.fields, ...contact.fields, ...OTHER_FORMS } satisfies Record<keyof BusinessEdit, unknown>;

it("has a field for each member that can be edited", () => {
  expect(Object.keys(EDITED).sort()).toEqual(Object.keys(zBusinessEdit.shape).sort());
});

it("shows each text under its name, and takes away what is left empty", async () => {
  const known = { country: "NL", registration_number: "KvK 87654321", tax_number: "NL861234567B01", tax_name: "BTW", email: "hallo@dijk.example", phone: "+31 20", website: "https://dijk.example" };
  server.on("getBusiness", businessOf(known)).on("updateBusiness", businessOf());
  await show("identity");
  expect(await screen.findByLabelText("Trading name")).toHaveValue("Northstar Automation");
  expect(screen.getByLabelText("Legal name optional")).toHaveValue("Northstar Automation (Pty) Ltd");
  expect(screen.getByLabelText("Address")).toHaveValue("12 Signal Street\nCape Town 8001");
  expect(screen.getByLabelText("Country optional")).toHaveValue("Netherlands");
  expect(screen.getByLabelText("Company registration number optional")).toHaveValue("KvK 87654321");
  expect(screen.getByLabelText("E-mail address optional")).toHaveValue("hallo@dijk.example");
  expect(screen.getByLabelText("Phone number optional")).toHaveValue("+31 20");
  expect(screen.getByLabelText("Website optional")).toHaveValue("https://dijk.example");
  await userEvent.clear(screen.getByLabelText("BTW number optional"));
  await userEvent.click(card("Registration").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Registration saved")).toBeTruthy();
  expect(server.to("updateBusiness").at(-1)?.body).toEqual({ registration_number: "KvK 87654321", tax_number: null });
});

it("says in our words what a text lacks", async () => {
  server.on("getBusiness", businessOf());
  await show("identity");
  await userEvent.clear(await screen.findByLabelText("Trading name"));
  await userEvent.click(card("Name and address").getByRole("button", { name: "Save changes" }));
  await userEvent.type(screen.getByLabelText("E-mail address optional"), "nobody");
  await userEvent.click(card("Contact details").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Enter the name your clients know you by.")).toBeTruthy();
  expect(await screen.findByText("Enter an e-mail address, such as hello@example.com.")).toBeTruthy();
  expect(server.to("updateBusiness")).toHaveLength(0);
});

it("empties a text that may not be null", async () => {
  server.on("getBusiness", businessOf()).on("updateBusiness", businessOf());
  await show("identity");
  await userEvent.clear(await screen.findByLabelText("Legal name optional"));
  await userEvent.click(card("Name and address").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Name and address saved")).toBeTruthy();
  expect(server.to("updateBusiness").at(-1)?.body).toMatchObject({ legal_name: "" });
});

it("keeps what was saved when an answer of before arrives late", async () => {
  server.on("getBusiness", businessOf({ revision: 7 })).on("updateBusiness", ({ body }) => businessOf({ revision: 8, name: body.name ?? "" }));
  const { queryClient } = await show("identity");
  const name = await screen.findByLabelText(/Trading name/);
  let answerLate: () => void = () => undefined;
  server.on("getBusiness", () => new Promise((resolve) => (answerLate = () => resolve(businessOf({ revision: 7 })))));
  void queryClient.refetchQueries({ queryKey: getBusinessQueryKey() });
  await userEvent.type(name, " Ltd");
  await userEvent.click(card("Name and address").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Name and address saved")).toBeTruthy();
  answerLate();
  await vi.waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(queryClient.getQueryData(getBusinessQueryKey())).toMatchObject({ revision: 8 });
});

it("says which pair of colours fails before anything is sent", async () => {
  server.on("getBusiness", businessOf());
  await show("brand");
  const accent = await screen.findByLabelText(/On light pages/);
  await userEvent.clear(accent);
  await userEvent.type(accent, "#ffdd00");
  await userEvent.click(card("Accent colour").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("White text on #ffdd00 has a contrast of 1.3; at least 4.5 is needed.")).toBeTruthy();
  expect(server.to("updateBusiness")).toHaveLength(0);
});

it("brings a refusal back to the field that it names", async () => {
  const refused = refusal(422, { type: "request/invalid", detail: "Not valid", errors: [{ pointer: "/website", detail: "Use a web address." }] });
  server.on("getBusiness", businessOf()).on("updateBusiness", refused);
  await show("identity");
  await userEvent.type(await screen.findByLabelText(/Website/), "nowhere");
  await userEvent.click(card("Contact details").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Use a web address.")).toBeTruthy();
});

it.each([
  ["#006c94", /^If you leave this empty, we use #[0-9a-f]{6}, a lighter shade/],
  ["#5ac0e1", "If you leave this empty, we use your colour for light pages."],
])("says what becomes of %s on dark pages", async (accent, hint) => {
  server.on("getBusiness", businessOf({ accent }));
  await show("brand");
  expect(await screen.findByLabelText(/On dark pages/)).toHaveAccessibleDescription(hint);
});

it("labels both fields of an offer in sight", async () => {
  server.on("getBusiness", businessOf());
  await show("front-door");
  await screen.findByLabelText(/^Offer 1/);
  for (const label of [/^Offer 1/, /^Description of offer 1/]) expect(screen.getByText(label, { selector: "label" })).not.toHaveClass("sr-only");
});

it("keeps the description of an offer that has no title yet, and asks for the title", async () => {
  server.on("getBusiness", businessOf());
  await show("front-door");
  await userEvent.type(await screen.findByLabelText(/^Description of offer 3/), "Reminders that send themselves.");
  await userEvent.click(card("Home page content").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Enter a title for this offer.")).toBeTruthy();
  expect(screen.getByLabelText(/^Offer 3/)).toBeInvalid();
  expect(screen.getByDisplayValue("Reminders that send themselves.")).toBeTruthy();
  expect(server.to("updateBusiness")).toHaveLength(0);
});

const PICTURE = { sha256: "a".repeat(64), url: `/api/branding/pictures/${"a".repeat(64)}.webp`, size: 9_000, width: 1200, height: 800, alt: "A desk" };
const OFFER = { title: "Reports", text: "Ready when you open.", picture: PICTURE };
const doorOf = (...offers: (typeof OFFER)[]) => ({ headline: "", introduction: "", offers, contact: "", about: "" });
const file = () => new File(["x"], "desk.png", { type: "image/png" });

it("keeps the picture of an offer whose words change", async () => {
  server.on("getBusiness", businessOf({ front_door: doorOf(OFFER) })).on("updateBusiness", businessOf());
  await show("front-door");
  expect(await screen.findByRole("img", { name: "Picture for offer 1, as visitors will see it" })).toHaveAttribute("src", PICTURE.url);
  await userEvent.type(screen.getByLabelText(/^Description of offer 1/), " Daily.");
  await userEvent.click(card("Home page content").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Home page saved")).toBeTruthy();
  const offers = [{ title: "Reports", text: "Ready when you open. Daily.", picture: { sha256: PICTURE.sha256, alt: "A desk" } }];
  expect(server.to("updateBusiness").at(-1)?.body).toMatchObject({ front_door: { offers } });
});

it("uploads a picture, shows it, and names it with its description when the form is saved", async () => {
  const sha256 = "b".repeat(64);
  server.on("getBusiness", businessOf({ front_door: doorOf(OFFER) })).on("updateBusiness", businessOf());
  server.on("uploadPicture", { sha256, size: 9_000, width: 1200, height: 800 });
  await show("front-door");
  await userEvent.upload(await screen.findByLabelText(/^Picture for offer 1/), file());
  const preview = await screen.findByRole("img", { name: "Picture for offer 1, as visitors will see it" });
  await vi.waitFor(() => expect(preview.getAttribute("src")).toMatch(/^blob:/));
  expect(server.to("updateBusiness")).toHaveLength(0);
  const alt = screen.getByLabelText(/can’t see picture 1/);
  await userEvent.clear(alt);
  await userEvent.type(alt, "A tidy desk");
  await userEvent.click(card("Home page content").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Home page saved")).toBeTruthy();
  expect(server.to("updateBusiness").at(-1)?.body).toMatchObject({ front_door: { offers: [{ picture: { sha256, alt: "A tidy desk" } }] } });
});

it("says why a picture was not taken and keeps the one that is there", async () => {
  const refused = refusal(422, { type: "request/invalid", detail: "Not valid", errors: [{ pointer: "/file", detail: "This picture has 40 megapixels. Use one of at most 16." }] });
  server.on("getBusiness", businessOf({ front_door: doorOf(OFFER) })).on("uploadPicture", refused);
  await show("front-door");
  const input = await screen.findByLabelText(/^Picture for offer 1/);
  await userEvent.upload(input, file());
  expect(await screen.findByText("This picture has 40 megapixels. Use one of at most 16.")).toBeTruthy();
  expect(input).toBeInvalid();
  await userEvent.upload(input, new File([new Uint8Array(5 * 1024 * 1024 + 1)], "large.png", { type: "image/png" }));
  expect(await screen.findByText("This file is larger than 5 MB. Choose a smaller one.")).toBeTruthy();
  expect(server.to("uploadPicture")).toHaveLength(1);
  expect(screen.getByRole("img", { name: "Picture for offer 1, as visitors will see it" })).toHaveAttribute("src", PICTURE.url);
});

it("removes the picture of an offer", async () => {
  server.on("getBusiness", businessOf({ front_door: doorOf(OFFER) })).on("updateBusiness", businessOf());
  await show("front-door");
  await userEvent.click(await screen.findByRole("button", { name: "Remove picture 1" }));
  expect(screen.queryByRole("img", { name: /offer 1/ })).toBeNull();
  await userEvent.click(card("Home page content").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Home page saved")).toBeTruthy();
  expect(server.to("updateBusiness").at(-1)?.body).toMatchObject({ front_door: { offers: [{ title: "Reports", picture: null }] } });
});

it("asks for the title of an offer that has only a picture, and puts a refused picture to its offer", async () => {
  const refused = refusal(422, { type: "request/invalid", detail: "Not valid", errors: [{ pointer: "/front_door/offers/0/picture", detail: "This picture is no longer stored. Upload it again." }] });
  server.on("getBusiness", businessOf({ front_door: doorOf(OFFER) })).on("updateBusiness", refused);
  await show("front-door");
  const title = await screen.findByLabelText(/^Offer 1/);
  await userEvent.clear(title);
  await userEvent.clear(screen.getByLabelText(/^Description of offer 1/));
  await userEvent.click(card("Home page content").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Enter a title for this offer.")).toBeTruthy();
  await userEvent.type(title, "Reports");
  await userEvent.click(card("Home page content").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("This picture is no longer stored. Upload it again.")).toBeTruthy();
  expect(screen.getByLabelText(/^Picture for offer 1/)).toBeInvalid();
});

it("shows the section that its address names, with links to the others", async () => {
  server.on("getBusiness", businessOf());
  await show("money");
  expect(await screen.findByRole("heading", { name: "Bank details" })).toBeVisible();
  expect(screen.queryByLabelText(/Trading name/)).not.toBeInTheDocument();
  const links = within(screen.getByRole("navigation", { name: "Sections of Business" })).getAllByRole("link");
  expect(links.map((link) => [link.textContent, link.getAttribute("href"), link.getAttribute("aria-current")])).toEqual([
    ["Identity", "/admin/business", null],
    ["Brand", "/admin/business?section=brand", null],
    ["Money", "/admin/business?section=money", "page"],
    ["Formats", "/admin/business?section=formats", null],
    ["Home page", "/admin/business?section=front-door", null],
  ]);
});

it("asks before a section is left with changes that are not saved", async () => {
  server.on("getBusiness", businessOf());
  const { router } = await show("identity");
  await userEvent.type(await screen.findByLabelText(/Trading name/), " Harbour");
  await userEvent.click(screen.getByRole("link", { name: "Money" }));
  await userEvent.click(await screen.findByRole("button", { name: "Keep editing" }));
  expect(screen.getByLabelText(/Trading name/)).toHaveValue("Northstar Automation Harbour");
  await userEvent.click(screen.getByRole("link", { name: "Money" }));
  await userEvent.click(await screen.findByRole("button", { name: "Discard changes" }));
  expect(router.state.location.href).toBe("/admin/business?section=money");
});

const VAT = taxRateOf();
const OLD_VAT = taxRateOf({ id: idOf(72), rate: "14.00", valid_from: "1993-04-07", is_current: false });
const LEVY = taxRateOf({ id: idOf(73), name: "Levy", rate: "1.00", is_default: false, valid_until: "2027-03-31" });

it("shows each tax with its rates over time, and moves the default on the revision that was shown", async () => {
  server.on("getBusiness", businessOf({ revision: 7 })).on("listTaxRates", { items: [VAT, LEVY, OLD_VAT] });
  server.on("updateBusiness", businessOf({ revision: 8, default_tax: "Levy", tax_rate: "1.00" }));
  await show("money");
  const rates = await screen.findByRole("list", { name: "VAT rates" });
  expect(within(rates).getAllByRole("listitem").map((rate) => rate.textContent)).toEqual(["15%from 1 April 2018In effectSet last day", "14%from 7 April 1993"]);
  expect(within(screen.getByRole("list", { name: "Levy rates" })).getByRole("listitem")).toHaveTextContent("1%from 1 April 2018 until 31 March 2027In effect");
  expect(screen.getAllByRole("heading", { level: 4 }).map((tax) => tax.textContent)).toEqual(["VAT", "Levy"]);
  expect(screen.getAllByText("Default for new lines")).toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: "Use Levy for new lines" }));
  expect(await screen.findByText("New lines now start with Levy")).toBeTruthy();
  const sent = server.to("updateBusiness").at(-1);
  expect([sent?.body, sent?.headers.get("If-Match")]).toEqual([{ default_tax: "Levy" }, '"7"']);
});

it("takes the default away", async () => {
  server.on("getBusiness", businessOf()).on("listTaxRates", { items: [VAT] }).on("updateBusiness", businessOf({ default_tax: null, tax_rate: null }));
  await show("money");
  await userEvent.click(await screen.findByRole("button", { name: "Remove default" }));
  expect(await screen.findByText("New lines now start without a tax rate")).toBeTruthy();
  expect(server.to("updateBusiness").at(-1)?.body).toEqual({ default_tax: null });
});

it.each([
  [null, [LEVY], /^No tax is the default, so new lines start without a tax rate/],
  ["VAT", [OLD_VAT], "VAT has no rate today, so new lines start without one."],
  [null, [], /^No tax rates yet/],
])("says why new lines start without a rate: default %s", async (default_tax, items, sentence) => {
  server.on("getBusiness", businessOf({ default_tax, tax_rate: null })).on("listTaxRates", { items });
  await show("money");
  expect(await screen.findByText(sentence)).toBeVisible();
});

it("sets the last day of a rate, and takes it away", async () => {
  server.on("getBusiness", businessOf()).on("listTaxRates", { items: [LEVY, OLD_VAT] }).on("updateTaxRate", LEVY);
  await show("money");
  expect(screen.queryByRole("button", { name: /last day of VAT 14%$/ })).toBeNull();
  for (const [typed, sent] of [["2026-12-31", "2026-12-31"], ["", null]] as const) {
    await userEvent.click(await screen.findByRole("button", { name: "Change last day of Levy 1%" }));
    const day = within(await screen.findByRole("dialog")).getByLabelText(/^Last day/);
    expect(day).toHaveValue("2027-03-31");
    await userEvent.clear(day);
    if (typed) await userEvent.type(day, typed);
    await userEvent.click(screen.getByRole("button", { name: "Save last day" }));
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(server.to("updateTaxRate").at(-1)?.body).toEqual({ valid_until: sent });
  }
});

it("says why a default was not changed", async () => {
  server.on("getBusiness", businessOf()).on("listTaxRates", { items: [LEVY] });
  server.on("updateBusiness", refusal(412, { type: "request/precondition-failed", detail: "Someone else saved this. Reload the page." }));
  await show("money");
  await userEvent.click(await screen.findByRole("button", { name: "Use Levy for new lines" }));
  expect(await screen.findByText("Someone else saved this. Reload the page.")).toBeTruthy();
});

it("asks before the dialog of a last day closes over another one", async () => {
  server.on("getBusiness", businessOf()).on("listTaxRates", { items: [LEVY] });
  await show("money");
  await userEvent.click(await screen.findByRole("button", { name: "Change last day of Levy 1%" }));
  await userEvent.clear(within(await screen.findByRole("dialog")).getByLabelText(/^Last day/));
  await userEvent.keyboard("{Escape}");
  expect(await screen.findByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
  expect(server.to("updateTaxRate")).toHaveLength(0);
});
