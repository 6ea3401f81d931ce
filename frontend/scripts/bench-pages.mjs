// Measures pages as a browser gets them over 10 Mbit/s and 150 ms: what is sent, in how many requests, in how long a chain,
// and how it paints.
// Asks the product at CAPECONTROL_URL (default http://localhost:8000), with the demonstration's data; it starts nothing.
// Fails above 20 requests, a chain of three, or a layout shift of 0.05. `--record <what>` adds the table to bench/results.md,
// `--report`
// prints without judging, `--verbose` names the longest chain and what moved.
import { appendFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { chainOf } from "./bench-pages/chain.mjs";
import { observe, paint } from "./bench-pages/observe.mjs";
import { PAGES, signIn } from "./bench-pages/pages.mjs";

// A phone's line. Without a way to go, answers come so fast that nobody sees which request waited for which.
const LINE = { offline: false, latency: 150, downloadThroughput: 10_000_000 / 8, uploadThroughput: 2_000_000 / 8 };
/** Tenths of a second without a request. */
const CALM = 8;
const STREAM = "/api/live";
const BOUNDS = { requests: 20, chain: 3, cls: 0.05 };
const { values } = parseArgs({
  options: { record: { type: "string" }, report: { type: "boolean", default: false }, rounds: { type: "string", default: "3" }, verbose: { type: "boolean", default: false } },
});
const base = process.env.CAPECONTROL_URL ?? "http://localhost:8000";
const rounds = Number(values.rounds);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const signedIn = await signIn(browser, base);
const rows = [];
for (const wanted of PAGES) {
  const visits = [];
  for (let round = 0; round < rounds; round += 1) visits.push(await visit(wanted));
  // Times are the median; counts and shifts are the worst seen.
  rows.push({ name: wanted.name, ...worstOf(visits), lcp: medianOf(visits.map(({ lcp }) => lcp)) });
}
await browser.close();

const lines = [
  "| page | kB sent | JavaScript kB / files | requests | API calls | chain | LCP ms | CLS |",
  "| --- | --- | --- | --- | --- | --- | --- | --- |",
  ...rows.map((row) => `| ${row.name} | ${row.kB.toFixed(0)} | ${row.jsKB.toFixed(0)} / ${row.jsFiles} | ${row.requests} | ${row.apiCalls} | ${row.chain} | ${row.lcp.toFixed(0)} | ${row.cls.toFixed(3)} |`),
];
console.log(lines.join("\n"));
if (values.verbose) for (const row of rows) console.log(`${row.name}: ${row.longest.join(" → ")}${row.shifts.map((shift) => `\n    ${shift}`).join("")}`);
if (values.record) appendFileSync(path.resolve(import.meta.dirname, "../../bench/results.md"), `\n## Pages as sent, ${values.record}\n\n${lines.join("\n")}\n`);

const over = rows.flatMap((row) => Object.entries(BOUNDS).flatMap(([name, bound]) => (row[name] > bound ? [`${row.name}: ${name} ${row[name]}, the bound is ${bound}`] : [])));
if (over.length > 0 && !values.report) {
  console.error(over.join("\n"));
  process.exit(1);
}

/** Opens a page in a browser that has nothing of it yet. */
async function visit({ as, open }) {
  const context = await browser.newContext({ baseURL: base, viewport: { width: 1280, height: 900 }, locale: "en-US", storageState: as ? await signedIn.stateOf(as) : undefined });
  const page = await context.newPage();
  await page.addInitScript(observe);
  const address = typeof open === "string" ? open : await open(await signedIn.token(as), base);
  const recorded = await recording(page);
  await page.goto(address);
  await recorded.quiet();
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() => window.benchSeen.lcp > 0);
  const seen = await page.evaluate(paint);
  if (as) signedIn.keep(as, await context.storageState());
  await context.close();
  // The stream of changes is opened when the page is there, and brings nothing that it shows.
  const requests = recorded.requests().filter(({ url }) => !url.endsWith(STREAM));
  const scripts = requests.filter(({ type }) => type === "Script");
  const longest = chainOf(requests, seen.lcp);
  return {
    kB: kilobytes(requests),
    jsKB: kilobytes(scripts),
    jsFiles: scripts.length,
    requests: requests.length,
    apiCalls: requests.filter(({ url }) => new URL(url).pathname.startsWith("/api/")).length,
    chain: longest.length,
    longest: longest.map(({ url }) => new URL(url).pathname),
    ...seen,
  };
}

/** Notes each request with when it began and ended, by whom it was begun, and what it took on the wire. */
async function recording(page) {
  const devtools = await page.context().newCDPSession(page);
  const found = new Map();
  devtools.on("Network.requestWillBeSent", ({ requestId, request, initiator, timestamp, type }) => {
    if (found.has(requestId) || !request.url.startsWith("http")) return;
    const start = [...found.values()][0]?.startedAt ?? timestamp;
    found.set(requestId, { url: request.url, type, startedAt: timestamp, ms: (timestamp - start) * 1000, by: initiatorOf(initiator), bytes: 0 });
  });
  devtools.on("Network.loadingFailed", ({ requestId, timestamp }) => {
    const request = found.get(requestId);
    if (request) request.endedAt = timestamp;
  });
  devtools.on("Network.loadingFinished", ({ requestId, timestamp, encodedDataLength }) => {
    const request = found.get(requestId);
    if (request) Object.assign(request, { endedAt: timestamp, endedMs: request.ms + (timestamp - request.startedAt) * 1000, bytes: encodedDataLength });
  });
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", LINE);
  const requests = () => [...found.values()].filter(({ url }) => url.startsWith(base));
  return {
    requests,
    /** Waits until nothing more is asked and all is answered, but for the stream of changes, which never ends. */
    async quiet() {
      for (let calm = 0, seen = 0; calm < CALM; calm += 1) {
        await page.waitForTimeout(100);
        if (requests().length !== seen || requests().some(({ url, endedAt }) => !endedAt && !url.endsWith(STREAM))) calm = 0;
        seen = requests().length;
      }
    },
  };
}

function initiatorOf(initiator) {
  for (let stack = initiator.stack; stack; stack = stack.parent) {
    const frame = stack.callFrames.find(({ url }) => url);
    if (frame) return frame.url;
  }
  return initiator.url;
}

function kilobytes(requests) {
  return requests.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
}

function worstOf(visits) {
  const by = (name) => Math.max(...visits.map((each) => each[name]));
  const longest = visits.find(({ chain }) => chain === by("chain")).longest;
  return { kB: by("kB"), jsKB: by("jsKB"), jsFiles: by("jsFiles"), requests: by("requests"), apiCalls: by("apiCalls"), chain: by("chain"), cls: by("cls"), longest, shifts: visits.find(({ cls }) => cls === by("cls")).shifts };
}

function medianOf(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}
