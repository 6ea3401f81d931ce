import { RuleTester } from "eslint";
import tseslint from "typescript-eslint";
import { describe, it } from "vitest";
import { textsInModules } from "./texts-in-modules.js";

RuleTester.describe = describe;
RuleTester.it = it;

const jsx = { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } };
const refused = (code) => ({ code, errors: [{ messageId: "sentence" }] });

new RuleTester({ languageOptions: jsx }).run("texts-in-modules", textsInModules, {
  valid: [
    "<p>{texts.title}</p>",
    "<p>{count} · {total}</p>",
    '<p className="Flex items-center" />',
    '<input name="email" autoComplete="off" />',
    'const status = "IN_PROGRESS"',
    'const key = ["projects", "list"]',
    'const countries = "NL ZA"',
    'throw new Error("The router has no such page.")',
    "throw new TypeError(`No column ${name} here.`)",
    'request.headers.set("Authorization", `Bearer ${token}`)',
    'import { x } from "Some package"',
    "const path = `/projects/${id}`",
  ],
  invalid: [
    refused("<p>Projects</p>"),
    refused('<Button label="Save" />'),
    refused('<p>{isNew ? "Not sent yet." : null}</p>'),
    refused('const column = { id: "title", head: "Project" }'),
    refused('const title = "New project"'),
    refused("const words = `Version ${n} was sent`"),
    refused("const words = `${n} was`, other = `Sent on ${day}`"),
  ],
});
