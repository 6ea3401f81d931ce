/**
 * Refuses sentences outside the texts of their feature (`texts.ts`): whoever words, checks or translates them reads one file.
 * A literal is one when it stands in the page, in an attribute or a member that people read, or reads like a sentence: "Two words" or more.
 */
const SHOWN = /^(?:alt|aria-label|aria-description|aria-roledescription|confirm|description|empty|error|hint|label|legend|message|noun|placeholder|text|title)$/;
const SHOWN_MEMBER = /^(?:description|head|heading|hint|label|legend|noun|placeholder|term|title)$/;
const LETTERS = /\p{L}{2,}/u;
const SENTENCE = /^(?=.*\p{Ll})\p{Lu}[\p{L}’'-]*(?:,? [\p{L}\d’'"“(–·#<-]|[.?!…]$)/u;

/** Tells whether a literal is told to developers only: an error that nobody catches. */
function isForDevelopers(node) {
  let outer = node.parent;
  while (outer && (outer.type === "TemplateLiteral" || outer.type === "BinaryExpression" || outer.type === "ConditionalExpression")) outer = outer.parent;
  return outer?.type === "NewExpression" && /Error$/.test(outer.callee.name ?? "");
}

/** Tells whether a literal is sent to machines only: the value of a header. */
function isForMachines({ parent }) {
  return parent.type === "CallExpression" && parent.callee.property?.name === "set" && parent.callee.object.property?.name === "headers";
}

export const textsInModules = {
  meta: {
    type: "problem",
    messages: { sentence: "Words that people read belong into the texts.ts beside this file." },
    schema: [],
  },
  create(context) {
    const report = (node) => context.report({ node, messageId: "sentence" });

    function isSentence({ parent, value }) {
      if (parent.type === "ImportDeclaration") return false;
      if (parent.type === "JSXAttribute") return SHOWN.test(parent.name.name) && LETTERS.test(value);
      if (parent.type === "Property" && parent.value.value === value && SHOWN_MEMBER.test(parent.key.name)) return LETTERS.test(value);
      return SENTENCE.test(value);
    }

    return {
      JSXText: (node) => LETTERS.test(node.value) && report(node),
      Literal: (node) => typeof node.value === "string" && !isForDevelopers(node) && !isForMachines(node) && isSentence(node) && report(node),
      TemplateLiteral: (node) => {
        if (isForDevelopers(node) || isForMachines(node)) return;
        if (SENTENCE.test(node.quasis.map((part) => part.value.cooked).join("#"))) report(node);
      },
    };
  },
};
