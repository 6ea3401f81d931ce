/**
 * Refuses a list that does not find, filter, sort and export, and a table that is no list, unless somebody reviewed it (`reviewed-tables.js`).
 * A table is known by what its tag was imported from, whatever the file calls it; what hides a table or its attributes is refused, too.
 */
import path from "node:path";
import { below, resolve } from "./source-path.js";

/** What every table is made of, by the module that exports it: lists, which offer something, and what only shows rows. */
export const FRAME = {
  "lib/list/list": { List: "list" },
  "lib/list/list-page": { ListPage: "list" },
  "lib/list/list-view": { ListView: "rows" },
  "ui/patterns/data-table": { DataTable: "rows" },
  "ui/patterns/data-table-cards": { DataTableCards: "rows" },
  "ui/patterns/data-table-grid": { DataTableGrid: "rows" },
};

/** What a list offers, by the attribute that gives it: a search, filters, an order and a file. */
const OFFERS = ["searched", "filters", "defaultSort", "exported"];

/** Tells whether an attribute gives something: not "", [], null or undefined. */
function isGiven({ value }) {
  const given = value?.type === "JSXExpressionContainer" ? value.expression : value;
  if (given?.type === "Literal") return Boolean(given.value);
  if (given?.type === "ArrayExpression") return given.elements.length > 0;
  return given != null && !(given.type === "Identifier" && given.name === "undefined");
}

const REASON = { type: "string", minLength: 1 };

export const tables = {
  meta: {
    type: "problem",
    messages: {
      lacking: "A list finds, filters, sorts and exports; this one is without {{offers}}. Add it, or write the reason in docs/reference/list-exceptions.json.",
      unreviewed: "A table of records is a List, which finds, filters, sorts and exports. If this is no list, write the reason in docs/reference/list-exceptions.json.",
      spread: "Write out the attributes of a list, so that what it offers can be seen.",
      indirect: "Import this table by its name and write it as a tag, so that what it offers can be seen.",
      unused: "docs/reference/list-exceptions.json has an exception for {{what}}, which nothing here needs any more. Take it out.",
    },
    schema: [
      {
        type: "object",
        properties: {
          lists: {
            type: "object",
            additionalProperties: {
              type: "object",
              properties: { without: { type: "array", items: { enum: OFFERS }, minItems: 1, uniqueItems: true }, because: REASON },
              required: ["without", "because"],
              additionalProperties: false,
            },
          },
          others: { type: "object", additionalProperties: REASON },
        },
        required: ["lists", "others"],
        additionalProperties: false,
      },
    ],
  },
  create(context) {
    const src = path.join(context.cwd, "src");
    const file = below(src, context.filename)?.join("/");
    if (!file || file.replace(/\.tsx?$/, "") in FRAME) return {};
    const [{ lists, others }] = context.options;
    // Each excuses one table: a second one in the same file is another matter.
    let list = lists[file];
    let other = others[file];

    /** Gives what a module exports of the frame; undefined for any other. */
    function framed(source) {
      const module = typeof source?.value === "string" ? resolve(source.value, context.filename, src) : undefined;
      return module && FRAME[below(src, module)?.join("/").replace(/\.tsx?$/, "")];
    }

    function checkList(tag) {
      if (tag.attributes.some(({ type }) => type === "JSXSpreadAttribute")) context.report({ node: tag, messageId: "spread" });
      const given = new Set(tag.attributes.filter((one) => one.type === "JSXAttribute" && isGiven(one)).map(({ name }) => name.name));
      const missing = OFFERS.filter((offer) => !given.has(offer));
      if (missing.length === 0) return;
      const excused = list?.without ?? [];
      list = undefined;
      const lacking = missing.filter((offer) => !excused.includes(offer));
      const offered = excused.filter((offer) => !missing.includes(offer));
      if (lacking.length > 0) context.report({ node: tag, messageId: "lacking", data: { offers: lacking.join(", ") } });
      if (offered.length > 0) context.report({ node: tag, messageId: "unused", data: { what: offered.join(", ") } });
    }

    function checkRows(tag) {
      if (!other) context.report({ node: tag, messageId: "unreviewed" });
      other = undefined;
    }

    function checkUse({ identifier }, kind) {
      const { parent } = identifier;
      if (parent.type === "TSTypeQuery" || parent.type === "JSXClosingElement") return;
      if (parent.type !== "JSXOpeningElement") context.report({ node: identifier, messageId: "indirect" });
      else if (kind === "list") checkList(parent);
      else checkRows(parent);
    }

    function checkWhole(node) {
      if (framed(node.source)) context.report({ node, messageId: "indirect" });
    }

    return {
      ImportDeclaration(node) {
        const exports = node.importKind === "type" ? undefined : framed(node.source);
        if (!exports) return;
        for (const specifier of node.specifiers) {
          if (specifier.importKind === "type") continue;
          const kind = specifier.type === "ImportSpecifier" ? exports[specifier.imported.name ?? specifier.imported.value] : undefined;
          if (specifier.type === "ImportNamespaceSpecifier") context.report({ node: specifier, messageId: "indirect" });
          else if (kind) for (const variable of context.sourceCode.getDeclaredVariables(specifier)) for (const use of variable.references) checkUse(use, kind);
        }
      },
      ExportNamedDeclaration(node) {
        const exports = node.exportKind === "type" ? undefined : framed(node.source);
        for (const specifier of exports ? node.specifiers : [])
          if (specifier.exportKind !== "type" && (specifier.local.name ?? specifier.local.value) in exports) context.report({ node: specifier, messageId: "indirect" });
      },
      ExportAllDeclaration: (node) => node.exportKind !== "type" && checkWhole(node),
      ImportExpression: checkWhole,
      'JSXOpeningElement[name.name="table"]': checkRows,
      "Program:exit"(node) {
        if (list || other) context.report({ node, messageId: "unused", data: { what: "this file" } });
      },
    };
  },
};
