/** Every page that is pictured: who looks at it, and how to come to it. `open` may be an address or steps from there. */
const PASSWORD = "Demo-pass-2026!";

export const PEOPLE = {
  operator: { email: "operator@demo.test", password: PASSWORD },
  owner: { email: "owner@demo.test", password: PASSWORD },
  auditor: { email: "auditor@demo.test", password: PASSWORD },
};

async function firstRow(page, list) {
  await page.goto(list);
  const title = await page.locator("main h1").first().innerText();
  // The first link of the first row: a table on a desk, a card on a phone.
  await page.locator("main table tbody a, main ul[aria-label] a").first().click();
  // The address changes before the page does.
  await page.locator("main h1").filter({ hasNotText: title }).first().waitFor();
}

/** Opens the viewing link of the seeded proposal that still waits for owner@demo.test. */
async function openLink(page) {
  const mails = await (await page.request.get("/api/dev/mailbox")).json();
  const mail = mails.items.find((item) => item.subject === "Proposal from Northstar Automation: Invoice reminders" && JSON.stringify(item.to).includes(PEOPLE.owner.email));
  await page.goto(new URL(/https?:\/\/\S*\/p\/[\w-]+/.exec(mail.text)[0]).pathname);
}

export const PAGES = [
  { name: "front-door", open: "/" },
  { name: "about", open: "/about" },
  { name: "login", open: "/login" },
  {
    name: "login-password",
    open: async (page) => {
      await page.goto("/login");
      await page.getByLabel("E-mail address").fill(PEOPLE.owner.email);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByLabel("Password", { exact: true }).waitFor();
    },
  },
  { name: "register-1", open: "/register/step-1" },
  {
    name: "register-2",
    open: async (page) => {
      await page.goto("/register/step-1");
      await page.getByLabel("Organization").fill("Harbour Logistics");
      await page.getByLabel("Your name").fill("Thandi Nkosi");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByLabel("Password", { exact: true }).fill("Lighthouse");
    },
  },
  { name: "not-found", open: "/nowhere/at-all" },
  { name: "dashboard", as: "operator", open: "/dashboard" },
  { name: "projects", as: "operator", open: "/projects" },
  { name: "projects-filtered-empty", as: "operator", open: "/projects?q=nothing+of+that+name" },
  {
    name: "project-new",
    as: "operator",
    open: async (page) => {
      await page.goto("/projects");
      await page.getByRole("button", { name: "New project" }).first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "project", as: "operator", open: (page) => firstRow(page, "/projects?status=IN_PROGRESS") },
  {
    name: "project-workflows",
    as: "operator",
    open: async (page) => {
      await firstRow(page, "/projects?status=IN_PROGRESS");
      await page.getByRole("tab", { name: /Workflows/ }).click();
    },
  },
  { name: "proposals", as: "operator", open: "/proposals" },
  {
    name: "proposal-new",
    as: "operator",
    open: async (page) => {
      await firstRow(page, "/projects?status=DRAFT");
      await page.getByRole("link", { name: "Write proposal" }).first().click();
      await page.getByLabel(/Summary/).fill("The stock of all four shops in one mail, every Monday at seven.");
      await page.getByLabel("Line 1 description").fill("Report workflow");
      await page.getByLabel(/^Price \([A-Z]{3}\)$/).fill("24 000");
    },
  },
  {
    name: "proposal-new-errors",
    as: "operator",
    open: async (page) => {
      await firstRow(page, "/projects?status=DRAFT");
      await page.getByRole("link", { name: "Write proposal" }).first().click();
      await page.getByRole("button", { name: "Save draft" }).click();
      await page.getByText("Enter a description.").waitFor();
    },
  },
  { name: "invoices", as: "operator", open: "/invoices" },
  { name: "invoice", as: "operator", open: (page) => firstRow(page, "/invoices") },
  { name: "workflows", as: "operator", open: "/admin/workflows" },
  { name: "workflow-templates", as: "operator", open: "/admin/workflows?tab=templates" },
  { name: "workflow-environments", as: "operator", open: "/admin/workflows?tab=environments" },
  { name: "system", as: "operator", open: "/admin/system" },
  { name: "business-identity", as: "operator", open: "/admin/business" },
  { name: "business-brand", as: "operator", open: "/admin/business?section=brand" },
  { name: "business-money", as: "operator", open: "/admin/business?section=money" },
  { name: "business-formats", as: "operator", open: "/admin/business?section=formats" },
  { name: "business-home-page", as: "operator", open: "/admin/business?section=front-door" },
  { name: "help", as: "operator", open: "/help" },
  { name: "help-found", as: "operator", open: "/help?q=unmatched+payment" },
  { name: "guides", open: "/docs" },
  { name: "guide", open: "/docs/writing-a-proposal" },
  { name: "profile", as: "operator", open: "/settings/profile" },
  { name: "profile-account", as: "operator", open: "/settings/profile?section=account" },
  { name: "profile-appearance", as: "operator", open: "/settings/profile?section=appearance" },
  {
    name: "palette",
    as: "operator",
    open: async (page) => {
      await page.goto("/dashboard");
      await page.getByRole("heading", { name: "Dashboard" }).waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "audit", as: "auditor", open: "/audit" },
  {
    name: "audit-entry",
    as: "auditor",
    open: async (page) => {
      await page.goto("/audit");
      await page.getByRole("link", { name: /^Approved proposal/ }).first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "shared-proposal", open: openLink },
  { name: "shared-proposal-owner", as: "owner", open: openLink },
  {
    name: "shared-proposal-approve",
    as: "owner",
    open: async (page) => {
      await openLink(page);
      await page.getByRole("button", { name: "Approve" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "client-dashboard", as: "owner", open: "/dashboard" },
  { name: "client-proposal", as: "owner", open: (page) => firstRow(page, "/proposals?status=SENT") },
  {
    name: "client-request-changes",
    as: "owner",
    open: async (page) => {
      await firstRow(page, "/proposals?status=SENT");
      await page.getByRole("button", { name: "Request changes" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "client-to-pay", as: "owner", open: (page) => firstRow(page, "/proposals?status=APPROVED") },
  { name: "client-project", as: "owner", open: (page) => firstRow(page, "/projects") },
  { name: "client-invoices", as: "owner", open: "/invoices" },
  { name: "client-forbidden", as: "owner", open: "/audit" },
];
