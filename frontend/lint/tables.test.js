import { existsSync } from "node:fs";
import path from "node:path";
import { ESLint, RuleTester } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import { REVIEWED_TABLES } from "./reviewed-tables.js";
import { FRAME, tables } from "./tables.js";

const SRC = path.resolve(import.meta.dirname, "../src");
const PAGE = "features/projects/projects-page.tsx";
const SHORT = "features/projects/short-list.tsx";
const CARD = "features/projects/figures-card.tsx";
const OPTIONS = [{ lists: { [SHORT]: { without: ["searched", "filters"], because: "a handful" } }, others: { [CARD]: "figures" } }];

const LIST = 'import { List } from "@/lib/list/list"; ';
const LIST_PAGE = 'import { ListPage } from "@/lib/list/list-page"; ';
const DATA_TABLE = 'import { DataTable } from "@/ui/patterns/data-table"; ';
const WHOLE = "searched={words} filters={FILTERS} defaultSort=\"-created_at\" exported={{ name }}";
const PART = 'defaultSort="-created_at" exported={{ name }}';

const at = (file, code) => ({ filename: path.join(SRC, file), code, options: OPTIONS });
const refused = (file, code, ...messageIds) => ({ ...at(file, code), errors: messageIds.map((messageId) => ({ messageId })) });

RuleTester.describe = describe;
RuleTester.it = it;

new RuleTester({ languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } } }).run("tables", tables, {
  valid: [
    at(PAGE, `${LIST}const page = <List label={label} ${WHOLE} />`),
    at(PAGE, `${LIST_PAGE}const page = <ListPage title={title} ${WHOLE} />`),
    at(PAGE, `${LIST}const page = <List searched={hasWords ? words : undefined} filters={isStaff ? FILTERS : []} defaultSort={ORDER} exported={file} />`),
    // What only looks like one: in a text, in a comment, of another module.
    at(PAGE, 'const help = "<List />"; // <DataTable />'),
    at(PAGE, 'import { List } from "./list"; const page = <List />'),
    at(PAGE, 'import type { ListProps } from "@/lib/list/list"; import { type Column } from "@/ui/patterns/data-table"; type All = ListProps<Column, never>'),
    at(PAGE, `${LIST}type Props = React.ComponentProps<typeof List>; const page = <List ${WHOLE} />`),
    // What is reviewed.
    at(SHORT, `${LIST}const card = <List ${PART} />`),
    at(SHORT, `${LIST}const both = <><List ${PART} /><List ${WHOLE} /></>`),
    at(CARD, `${DATA_TABLE}const card = <DataTable rows={rows} />`),
    at(CARD, 'import { ListView } from "@/lib/list/list-view"; const card = <ListView query={query}>{show}</ListView>'),
    at(CARD, "const card = <table />"),
    // The frame is made of itself.
    at("lib/list/list-page.tsx", 'import { List } from "./list"; const page = <List label={label} {...list} />'),
  ],
  invalid: [
    refused(PAGE, `${LIST}const page = <List label={label} />`, "lacking"),
    refused(PAGE, `${LIST_PAGE}const page = <ListPage title={title} ${PART} />`, "lacking"),
    refused(PAGE, 'import { List } from "../../lib/list/list"; const page = <List />', "lacking"),
    refused(PAGE, `import { List as Rows } from "@/lib/list/list"; const page = <Rows ${PART} />`, "lacking"),
    refused("lib/list/short-list.tsx", `import { List } from "./list"; const page = <List ${PART} />`, "lacking"),
    // What is given is nothing.
    refused(PAGE, `${LIST}const page = <List searched="" filters={[]} ${PART} />`, "lacking"),
    refused(PAGE, `${LIST}const page = <List searched={words} filters={FILTERS} defaultSort={undefined} exported={null} />`, "lacking"),
    // What cannot be seen.
    refused(PAGE, `${LIST}const page = <List {...props} ${WHOLE} />`, "spread"),
    refused(PAGE, `${LIST}const Rows = List`, "indirect"),
    refused(PAGE, `${LIST}const page = createElement(List, {})`, "indirect"),
    refused(PAGE, `${LIST}export { List }`, "indirect"),
    refused(PAGE, 'export { List } from "@/lib/list/list"', "indirect"),
    refused(PAGE, 'export * from "@/ui/patterns/data-table"', "indirect"),
    refused(PAGE, 'import * as lists from "@/lib/list/list"; const page = <lists.List />', "indirect"),
    refused(PAGE, 'const List = lazy(() => import("@/lib/list/list"))', "indirect"),
    // Tables that are no lists.
    refused(PAGE, `${DATA_TABLE}const page = <DataTable rows={rows} />`, "unreviewed"),
    refused(PAGE, 'import { DataTableGrid } from "@/ui/patterns/data-table-grid"; const page = <DataTableGrid rows={rows} />', "unreviewed"),
    refused(PAGE, 'import { ListView } from "@/lib/list/list-view"; const page = <ListView query={query} />', "unreviewed"),
    refused(PAGE, "const page = <table><tbody /></table>", "unreviewed"),
    refused("ui/patterns/matrix.tsx", "const matrix = <table />", "unreviewed"),
    // An exception is for one table, and for what it lacks.
    refused(SHORT, `${LIST}const both = <><List ${PART} /><List ${PART} /></>`, "lacking"),
    refused(SHORT, `${LIST}const card = <List exported={{ name }} />`, "lacking"),
    refused(CARD, `${DATA_TABLE}const both = <><DataTable rows={rows} /><table /></>`, "unreviewed"),
    refused(SHORT, `${LIST}const card = <List searched={words} ${PART} />`, "unused"),
    refused(SHORT, `${LIST}const card = <List ${WHOLE} />`, "unused"),
    refused(SHORT, "const card = <p />", "unused"),
    refused(CARD, "const card = <p />", "unused"),
  ],
});

describe("in this house", () => {
  it("the rule is on, with the reviewed exceptions", { timeout: 60_000 }, async () => {
    const eslint = new ESLint({ cwd: path.dirname(SRC) });
    const { rules } = await eslint.calculateConfigForFile(path.join(SRC, PAGE));
    expect(rules["house/tables"]).toEqual([2, REVIEWED_TABLES]);
  });

  // A rule sees only files that are there.
  it.each(Object.values(REVIEWED_TABLES).flatMap(Object.keys))("the exception has its file: %s", (file) => {
    expect(existsSync(path.join(SRC, file))).toBe(true);
  });

  it.each(Object.entries(FRAME))("the frame has its parts: %s", { timeout: 60_000 }, async (file, parts) => {
    expect(Object.keys(await import(path.join(SRC, file)))).toEqual(expect.arrayContaining(Object.keys(parts)));
  });
});
