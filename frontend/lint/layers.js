/**
 * Refuses imports that run against the arrow app → routes → features → lib → ui, api; and from one feature to another.
 * Every specifier is brought to its place below src/ first, so that `../billing` is judged as `@/features/billing` is.
 */
import path from "node:path";
import { below, resolve } from "./source-path.js";

const MAY_IMPORT = {
  app: ["app", "routes", "features", "lib", "ui", "api"],
  routes: ["routes", "features", "lib", "ui", "api"],
  features: ["features", "lib", "ui", "api"],
  lib: ["lib", "ui", "api"],
  ui: ["ui"],
  api: ["api"],
  testing: ["app", "routes", "features", "lib", "ui", "api", "testing"],
};

export const layers = {
  meta: {
    type: "problem",
    messages: {
      upward: "{{from}}/ may not import {{to}}/: the arrow runs app → routes → features → lib → ui, api.",
      sideways: "The feature {{from}} may not import the feature {{to}}: join them in a route.",
      outside: "What is imported lies below src/, or is a package.",
      computed: "Name the file that is imported, so that its layer can be seen.",
    },
    schema: [],
  },
  create(context) {
    const src = path.join(context.cwd, "src");
    const [layer, area] = below(src, context.filename) ?? [];
    const mayImport = MAY_IMPORT[layer];
    if (!mayImport) return {};
    const isTest = /\.test\.tsx?$/.test(context.filename);

    function check(node, source) {
      if (!source) return;
      const specifier = source.type === "TemplateLiteral" && source.expressions.length === 0 ? source.quasis[0].value.cooked : source.value;
      if (typeof specifier !== "string") {
        context.report({ node, messageId: "computed" });
        return;
      }
      const file = resolve(specifier, context.filename, src);
      if (file === undefined) return;
      const [to, toArea] = below(src, file) ?? [];
      if (!to) context.report({ node, messageId: "outside" });
      else if (isTest && to === "testing") return;
      else if (!mayImport.includes(to)) context.report({ node, messageId: "upward", data: { from: layer, to } });
      else if (layer === "features" && to === "features" && toArea !== area)
        context.report({ node, messageId: "sideways", data: { from: area, to: toArea ?? "*" } });
    }

    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      CallExpression: (node) => {
        if (node.callee.type !== "MemberExpression" || node.callee.object.type !== "MetaProperty" || node.callee.property.name !== "glob") return;
        const [patterns] = node.arguments;
        for (const pattern of patterns?.type === "ArrayExpression" ? patterns.elements : [patterns])
          // A pattern that begins with "!" only takes files away.
          if (!String(pattern?.value).startsWith("!")) check(node, pattern);
      },
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal),
    };
  },
};
