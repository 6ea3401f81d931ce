import { readFileSync } from "node:fs";
import { defineConfig } from "@hey-api/openapi-ts";
import { parse } from "yaml";

interface Operation {
  tags?: string[];
  requestBody?: unknown;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

const DOCUMENT = "../docs/api/openapi.yaml";
const document = parse(readFileSync(DOCUMENT, "utf8")) as Document;
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

/** Adds the names of the schemas that a part of the document refers to, directly or through others. */
function addSchemasOf(part: unknown, names: Set<string>): void {
  for (const [, name = ""] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (names.has(name)) continue;
    names.add(name);
    addSchemasOf(document.components.schemas[name], names);
  }
}

/** Gives a document of the schemas of what the operations of a tag take, and of nothing that is answered. */
function bodiesOf(tag: string): Record<string, unknown> {
  const names = new Set<string>();
  for (const operation of operations) if (operation.tags?.includes(tag)) addSchemasOf(operation.requestBody ?? {}, names);
  const schemas = Object.fromEntries([...names].map((name) => [name, structuredClone(document.components.schemas[name])]));
  return { ...document, paths: {}, components: { schemas } };
}

const tags = [...new Set(operations.flatMap((operation) => (JSON.stringify(operation.requestBody ?? {}).includes("$ref") ? (operation.tags ?? []) : [])))].sort();

/** `make generate` runs this: makes src/api from the API's description. */
export default defineConfig([
  {
    input: DOCUMENT,
    output: { path: "./src/api/generated" },
    plugins: [
      "@hey-api/client-fetch",
      "@hey-api/typescript",
      // The transport signs requests, which therefore need to carry no requirements.
      { name: "@hey-api/sdk", auth: false },
      { name: "@tanstack/react-query", infiniteQueryOptions: false },
    ],
  },
  // Forms take their limits from these. One file for each tag: a page loads the schemas of its own forms only.
  ...tags.map((tag) => ({
    input: bodiesOf(tag),
    output: { path: `./src/api/schemas/${tag}`, entryFile: false },
    plugins: [{ name: "zod" as const, compatibilityVersion: "mini" as const, requests: false, responses: false }],
  })),
]);
