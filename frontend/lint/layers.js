/** Refuses imports that run against the arrow app → routes → features → lib → api, ui; and from one feature to another. */
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
      relative: "Reach another folder by its '@/' path, so that the layers stay visible.",
    },
    schema: [],
  },
  create(context) {
    const parts = context.filename.replaceAll("\\", "/").split("/src/")[1]?.split("/") ?? [];
    const [layer, area] = parts;
    const isTest = /\.test\.tsx?$/.test(context.filename);
    function check(node) {
      const source = node.source?.value;
      if (typeof source !== "string" || !layer || !(layer in MAY_IMPORT)) return;
      if (source.startsWith("../../../")) context.report({ node, messageId: "relative" });
      const target = /^@\/([^/]+)(?:\/([^/]+))?/.exec(source);
      if (!target) return;
      const [, to, toArea] = target;
      if (isTest && to === "testing") return;
      if (!MAY_IMPORT[layer].includes(to)) context.report({ node, messageId: "upward", data: { from: layer, to } });
      else if (layer === "features" && to === "features" && toArea !== area)
        context.report({ node, messageId: "sideways", data: { from: area, to: toArea } });
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: (node) => check({ ...node, source: node.source }),
    };
  },
};
