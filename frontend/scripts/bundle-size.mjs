// Prints what each page loads as it is sent (brotli, as the build wrote it), and fails where a visitor's first page has more
// JavaScript than the budget, or any page more files than a browser should have to ask for.
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { VISITOR_PARTS, visitorPage } from "../src/lib/visitor-pages.ts";

const BUDGET_KB = 150;
const FILES_MAX = 13;
const dist = path.resolve(import.meta.dirname, "../dist");
const read = (name) => JSON.parse(readFileSync(path.join(dist, ".vite", name), "utf8"));
const manifest = read("manifest.json");
const { routes } = read("pages.json");

function loadedBy(key, seen = new Set()) {
  const { file, imports = [] } = manifest[key];
  if (!seen.has(file)) imports.reduce((files, next) => loadedBy(next, files), seen.add(file));
  return seen;
}

/** What travels: the compressed file, or the plain one where it is too small to be compressed. */
function bytesSent(file) {
  const plain = path.join(dist, file);
  return statSync(existsSync(`${plain}.br`) ? `${plain}.br` : plain).size;
}

const always = [...loadedBy("index.html")];
/** Asked for by every page once it is painted (`ui/patterns/page-title.tsx`), so that the first page's budget does not count it. */
const afterwards = [...loadedBy("src/ui/patterns/arrival.ts")].filter((file) => !always.includes(file));
const kilobytes = (files) => files.reduce((sum, file) => sum + bytesSent(file), 0) / 1000;
console.log(`every page: ${kilobytes(always).toFixed(1)} kB in ${always.length} files, and ${kilobytes(afterwards).toFixed(1)} kB afterwards`);
const complaints = [];
for (const [address, own] of Object.entries(routes).sort()) {
  const files = [...always, ...own].filter((file) => file.endsWith(".js"));
  const sum = kilobytes(files);
  const isFirst = visitorPage(address)?.isFirst;
  console.log(`${isFirst ? "*" : " "} ${address.padEnd(28)} ${sum.toFixed(1).padStart(6)} kB in ${files.length} files`);
  if (isFirst && sum > BUDGET_KB) complaints.push(`${address} sends ${sum.toFixed(1)} kB of JavaScript; a first page has ${BUDGET_KB} kB.`);
  if (files.length > FILES_MAX) complaints.push(`${address} asks for ${files.length} scripts; a page has ${FILES_MAX}.`);
}
for (const part of VISITOR_PARTS) if (visitorPage(`/${part}`)?.isFirst && !Object.keys(routes).some((address) => address.split("/")[1] === part)) complaints.push(`/${part} is no page of the build.`);
if (complaints.length > 0) {
  console.error(complaints.join("\n"));
  process.exit(1);
}
