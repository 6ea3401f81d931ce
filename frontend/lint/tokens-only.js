/** Refuses raw colours and theme variants in class names: colour and theme live in ui/tokens only. */
const RAW =
  /(?:^|[\s:])(?:bg|text|border|ring|outline|fill|stroke|from|to|via|divide|accent|shadow)-(?:(?:slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose)-\d+|black|white|\[(?:#|rgb|hsl|oklch))/;
const DARK = /(?:^|\s)dark:/;

export const tokensOnly = {
  meta: {
    type: "problem",
    messages: {
      raw: "Use a token of ui/tokens instead of a raw colour class.",
      dark: "No dark: variants: a token already holds its light and its dark value.",
    },
    schema: [],
  },
  create(context) {
    function check(node, text) {
      if (RAW.test(text)) context.report({ node, messageId: "raw" });
      if (DARK.test(text)) context.report({ node, messageId: "dark" });
    }
    return {
      Literal: (node) => typeof node.value === "string" && check(node, node.value),
      TemplateElement: (node) => check(node, node.value.raw),
    };
  },
};
