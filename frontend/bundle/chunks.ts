import type { Rolldown } from "vite";

type Graph = Rolldown.ChunkingContext;
type Group = Rolldown.CodeSplittingGroup;

const FRAMEWORK = /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack\/[\w-]+)\/|^\0/;
const FORM = /node_modules\/(zod|react-hook-form|@hookform)\//;
const COMBOBOX = /node_modules\/@base-ui\/react\/combobox\//;
/** What stands around a large library, and is loaded with it: with what a visitor fills in. */
const FIELDS = /\/src\/(lib\/form|api\/schemas\/(auth|onboarding))\//;
const SCHEMAS = /\/src\/api\/schemas\//;
const COMBOBOX_PARTS = /node_modules\/@base-ui\/react\/combobox\/|\/src\/ui\/primitives\/combobox\.tsx$/;
const OVERLAYS = /node_modules\/@(base-ui|floating-ui)\//;
/** The roots of the graph: what starts everything, and the parts into which the router takes the pages. */
const START = "/src/app/main.tsx";
const PAGE = /\/src\/routes\/[^?]+\.tsx\?tsr-split=component/;
const FRAME = "/src/routes/_app.tsx?";
/** Pages behind the sign-in, and the one for what is not there, which share the frame; all others are a visitor's. */
const APP_PAGE = /\/src\/routes\/(_app[./]|\$\.tsx)/;
const PROPOSAL = "/src/routes/p.$token.tsx?";
/** So many pages are served by a file of their own: each page that asks for it asks for one more. */
const FEW = 4;

/**
 * Says in which files the front end is sent. Left to itself the bundler makes a file of whatever two pages share:
 * 139 of them, and a project asked for 91. These are few, and a page loads hardly anything that it does not need.
 */
export function chunkGroups(): Group[] {
  return [
    // Changes with a dependency only, so a browser keeps it over releases.
    { name: "framework", test: FRAMEWORK, priority: 3 },
    { name: "form", test: FORM, priority: 3 },
    { name: overlaysOf, debugName: "overlays", priority: 2 },
    { name: sharedBy, debugName: "shared", priority: 1 },
    // A schema is a few lines: each in a file of its own would be a request for each.
    { name: "fields", test: FIELDS, priority: 0 },
    { name: "schemas", test: SCHEMAS, priority: 0 },
    { name: "combobox", test: COMBOBOX_PARTS, priority: 0 },
  ];
}

/** What floats: menus, dialogs, tabs. The combobox, which is as large as all of them, stays with the pages that have one. */
function overlaysOf(id: string, graph: Graph): string | null {
  if (!OVERLAYS.test(id) || needs(id, COMBOBOX, graph) || isOnlyFor(id, COMBOBOX, graph)) return null;
  return [...rootsOf(id, graph)].some((root) => root.endsWith(START)) ? null : "overlays";
}

/** Names the file of what several pages share, by who opens them. */
function sharedBy(id: string, graph: Graph): string | null {
  if (id.endsWith(START)) return null;
  const roots = [...rootsOf(id, graph)];
  if (roots.some((root) => root.endsWith(START))) return "basics";
  const isFrame = roots.some((root) => root.includes(FRAME));
  if (roots.length < 2 && !isFrame) return null;
  const isVisitors = roots.some((root) => !APP_PAGE.test(root));
  // What needs a large library is left to the pages that do.
  if ((isVisitors ? [FORM, OVERLAYS] : [FORM, COMBOBOX]).some((library) => needs(id, library, graph))) return null;
  // A proposal is read by its link and inside the app, and by nobody who signs in or registers.
  const isProposals = roots.every((root) => APP_PAGE.test(root) || root.includes(PROPOSAL));
  // Amounts, times and files, which most pages of the app share with a proposal: no visitor pays for them who signs in or registers.
  if (isVisitors && isProposals) return roots.length <= FEW ? "proposal" : "figures";
  return isVisitors ? "basics" : "frame";
}

/** Gives the roots that load a module with themselves; what they ask for later does not count. */
function rootsOf(id: string, graph: Graph, seen = new Set<string>()): Set<string> {
  const found = new Set<string>();
  if (seen.has(id)) return found;
  seen.add(id);
  if (id.endsWith(START) || PAGE.test(id)) return found.add(id);
  for (const importer of graph.getModuleInfo(id)?.importers ?? []) for (const root of rootsOf(importer, graph, seen)) found.add(root);
  return found;
}

function needs(id: string, library: RegExp, graph: Graph, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  return library.test(id) || (graph.getModuleInfo(id)?.importedIds ?? []).some((next) => needs(next, library, graph, seen));
}

function isOnlyFor(id: string, library: RegExp, graph: Graph): boolean {
  const importers = graph.getModuleInfo(id)?.importers ?? [];
  return importers.length > 0 && importers.every((importer) => library.test(importer));
}
