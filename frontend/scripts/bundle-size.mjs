// Prints what each route loads, gzipped, and fails where a first page is above the budget: the entry, the route and all that
// they import statically.
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 150;
const FIRST_PAGES = /^src\/routes\/(index|login|register|register\.step-1|register\.step-2|p\.\$token)\.tsx/;
const dist = path.resolve(import.meta.dirname, "../dist");
const manifest = JSON.parse(readFileSync(path.join(dist, ".vite/manifest.json"), "utf8"));

function withImports(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) withImports(next, seen);
  return seen;
}

function kilobytes(keys) {
  const sizes = [...keys].map((key) => gzipSync(readFileSync(path.join(dist, manifest[key].file))).length);
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const shell = withImports(entry);
console.log(`shell: ${kilobytes(shell).toFixed(1)} kB gzip`);
let worst = 0;
for (const key of Object.keys(manifest).filter((name) => name.includes("routes/"))) {
  const total = kilobytes(withImports(key, new Set(shell)));
  const isFirst = FIRST_PAGES.test(key);
  if (isFirst) worst = Math.max(worst, total);
  console.log(`${isFirst ? "*" : " "} ${key.replace(/^src\/routes\/|\?.*/g, "").padEnd(52)} ${total.toFixed(1)} kB with the shell`);
}
if (worst > BUDGET_KB) {
  console.error(`A first visit loads ${worst.toFixed(1)} kB of JavaScript; the budget is ${BUDGET_KB} kB.`);
  process.exit(1);
}
