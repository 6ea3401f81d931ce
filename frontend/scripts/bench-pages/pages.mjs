const PASSWORD = "Demo-pass-2026!";
const OPERATOR = "operator@demo.test";

/** Every page that is measured: who looks at it, and where. `open` may be an address, or finds one. */
export const PAGES = [
  { name: "landing", open: "/" },
  { name: "sign-in", open: "/login" },
  { name: "dashboard", as: OPERATOR, open: "/dashboard" },
  { name: "projects", as: OPERATOR, open: "/projects" },
  { name: "project", as: OPERATOR, open: firstOf("projects?status=IN_PROGRESS", "projects") },
  { name: "proposals", as: OPERATOR, open: "/proposals" },
  { name: "proposal", as: OPERATOR, open: firstOf("proposals?status=APPROVED", "proposals") },
  { name: "invoices", as: OPERATOR, open: "/invoices" },
  { name: "invoice", as: OPERATOR, open: firstOf("billing/invoices", "invoices") },
];

/** Makes what finds the page of the first thing on a list. */
function firstOf(list, page) {
  return async (token, base) => {
    const answer = await fetch(`${base}/api/${list}`, { headers: { Authorization: `Bearer ${token}` } });
    const { items, detail } = await answer.json();
    if (!items?.length) throw new Error(`${answer.status} of /api/${list}: ${detail ?? "an empty list"}`);
    return `/${page}/${items[0].id}`;
  };
}

/** Keeps what a signed-in browser holds from one visit to the next: its refresh cookie is good for one renewal. */
export async function signIn(browser, base) {
  const states = new Map();
  const tokens = new Map();

  async function open(email) {
    const context = await browser.newContext({ baseURL: base });
    const page = await context.newPage();
    await page.goto("/login");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    const answered = page.waitForResponse((response) => response.url().endsWith("/api/auth/login") && response.ok());
    await page.getByRole("button", { name: "Sign in" }).click();
    tokens.set(email, (await (await answered).json()).access_token);
    await page.waitForURL((url) => !url.pathname.startsWith("/login"));
    await page.getByRole("navigation", { name: "Main" }).waitFor();
    states.set(email, await context.storageState());
    await context.close();
  }

  return {
    async stateOf(email) {
      if (!states.has(email)) await open(email);
      return states.get(email);
    },
    async token(email) {
      if (email && !tokens.has(email)) await open(email);
      return tokens.get(email);
    },
    keep: (email, state) => states.set(email, state),
  };
}
