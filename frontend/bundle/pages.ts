import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Manifest, Plugin } from "vite";
import { digestsOf } from "./boot.ts";

/** What the server has to know of a build: the files of each page, and what its page may run. */
interface Pages {
  /** Digests of the scripts that stand in the page. */
  scripts: string[];
  /** The fonts that every page shows at once. */
  fonts: string[];
  /** The style sheet of the documents that the server writes itself. */
  document: string;
  /** By the address's form (`/projects/$projectId`): the files that the page needs beyond those of every page; none where one is led on. */
  routes: Record<string, string[]>;
}

const PART = "?tsr-split=component";
const FONT = /inter-latin-wght-normal-[\w-]+\.woff2$/;
const DOCUMENT = /document-[\w-]+\.css$/;

/** Writes for the server which files each page needs, so that the browser is told of all of them at once. */
export function writePages(): Plugin {
  let folder = "";
  let routes = "";
  return {
    name: "capecontrol:pages",
    apply: "build",
    configResolved: ({ root, build }) => {
      folder = path.resolve(root, build.outDir);
      routes = path.join(root, "src/routes");
    },
    closeBundle: () => {
      const manifest = JSON.parse(readFileSync(path.join(folder, ".vite/manifest.json"), "utf8")) as Manifest;
      const html = readFileSync(path.join(folder, "index.html"), "utf8");
      const files = Object.values(manifest).flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets]);
      const pages: Pages = {
        scripts: digestsOf(html),
        fonts: [...new Set(files.filter((file) => FONT.test(file)))],
        document: files.find((file) => DOCUMENT.test(file)) ?? "",
        routes: routesOf(manifest, namesOf(routes)),
      };
      mkdirSync(path.join(folder, ".vite"), { recursive: true });
      writeFileSync(path.join(folder, ".vite/pages.json"), JSON.stringify(pages, null, 1));
    },
  };
}

/** Gives the routes by the names of their files, without what only stands around others (`_app`) and what is no route (`-parts`). */
function namesOf(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => file.split(path.sep).join("/"));
  const names = files.filter((file) => file.endsWith(".tsx")).map((file) => file.slice(0, -".tsx".length));
  return names.filter((name) => !/(^|\/)(-|_\w+$)/.test(name));
}

function routesOf(manifest: Manifest, names: string[]): Record<string, string[]> {
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry && key === "index.html");
  if (!entry) throw new Error("the build has no page");
  const always = loadedBy(entry, manifest);
  const parts = new Map(Object.keys(manifest).flatMap((key) => (key.startsWith("src/routes/") && key.includes(PART) ? [[key.slice("src/routes/".length, key.indexOf(".tsx")), key] as const] : [])));
  return Object.fromEntries(
    names.map((name) => {
      const chain = namesAbove(name).flatMap((above) => parts.get(above) ?? []);
      const files = new Set(chain.flatMap((key) => [...loadedBy(key, manifest)]));
      return [addressOf(name), [...files].filter((file) => !always.has(file))];
    }),
  );
}

/** Gives a route and those that it stands in, by the names of their files: `_app/projects.$projectId` stands in `_app`. */
function namesAbove(name: string): string[] {
  const steps = name.split(/[./]/);
  return steps.map((_, index) => name.split(/(?=[./])/).slice(0, index + 1).join(""));
}

/** Gives the address of a route's file: `_app/projects.$projectId` is `/projects/$projectId`. */
function addressOf(name: string): string {
  const steps = name.split(/[./]/).filter((step) => !step.startsWith("_") && step !== "index");
  return `/${steps.join("/")}`;
}

function loadedBy(key: string, manifest: Manifest, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const next of chunk.imports ?? []) loadedBy(next, manifest, seen);
  return seen;
}
