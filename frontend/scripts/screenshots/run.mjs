// Pictures of every page at 360, 768, 1024 and 1280 px, light and dark, with axe and a look for text that is cut or overlaps on each. A local run must be up: CAPECONTROL_URL
// (default http://localhost:8000). Arguments name the pages wanted; without one, all. Pictures go to docs/screens/.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";
import { layoutFaults } from "./layout.mjs";
import { PAGES, PEOPLE } from "./pages.mjs";

const BASE = process.env.CAPECONTROL_URL ?? "http://localhost:8000";
const OUT = path.resolve(import.meta.dirname, process.env.SCREENS ?? "../../../docs/screens");
const WIDTHS = (process.env.WIDTHS ?? "360,768,1024,1280").split(",").map(Number);
const THEMES = (process.env.THEMES ?? "light,dark").split(",");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const wanted = process.argv.slice(2);
const pages = PAGES.filter((page) => wanted.length === 0 || wanted.includes(page.name));
mkdirSync(OUT, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const sessions = new Map();
let failures = 0;

for (const theme of THEMES)
  for (const width of WIDTHS)
    for (const page of pages) failures += await picture(page, theme, width);

await browser.close();
console.log(failures === 0 ? `clean: ${pages.length * THEMES.length * WIDTHS.length} pictures` : `faults: ${failures}`);
process.exit(failures === 0 ? 0 : 1);

async function picture({ name, as, open }, theme, width) {
  const context = await browser.newContext({
    baseURL: BASE,
    viewport: { width, height: width < 700 ? 780 : 900 },
    colorScheme: theme,
    locale: "en-US",
    timezoneId: "Africa/Johannesburg",
    reducedMotion: "reduce",
    hasTouch: width < 700,
    storageState: as ? await signedIn(as) : undefined,
  });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && !/status of 40[134]/.test(message.text()) && problems.push(`console: ${message.text()}`));
  try {
    if (typeof open === "string") await page.goto(open);
    else await open(page);
    // Never idle: a page that is signed in keeps one request open for what others do.
    await page.waitForLoadState("load");
    // By element: behind a dialog the page has no roles.
    await page.locator("h1").first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    // The picture holds still: no running entrance, no skeleton.
    await page.waitForFunction(() => document.querySelectorAll("[aria-busy=true], [role=status][aria-label=Loading]").length === 0, undefined, { timeout: 8000 }).catch(() => problems.push("still loading"));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) problems.push(`scrolls sideways by ${overflow} px`);
    problems.push(...(await page.evaluate(layoutFaults)));
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const violation of violations) problems.push(`axe ${violation.id}: ${violation.nodes.map((node) => `${node.target.join(" ")} (${node.any[0]?.message ?? node.all[0]?.message ?? ""})`).slice(0, 3).join(" | ")}`);
    await page.screenshot({ path: path.join(OUT, `${name}-${width}-${theme}.png`), fullPage: (await page.getByRole("dialog").count()) === 0 });
  } catch (error) {
    problems.push(`not pictured: ${error.message.split("\n")[0]}`);
  }
  // The refresh cookie turned over while the page was open: the next picture needs the new one.
  if (as) sessions.set(as, await context.storageState());
  await context.close();
  for (const problem of problems) console.log(`${name} ${width} ${theme}: ${problem}`);
  return problems.length;
}

async function signedIn(as) {
  if (sessions.has(as)) return sessions.get(as);
  const context = await browser.newContext({ baseURL: BASE });
  const page = await context.newPage();
  await page.goto("/login");
  await page.getByLabel("E-mail address").fill(PEOPLE[as].email);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Password", { exact: true }).fill(PEOPLE[as].password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  sessions.set(as, await context.storageState());
  await context.close();
  return sessions.get(as);
}
