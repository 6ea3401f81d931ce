import { RuleTester } from "eslint";
import tseslint from "typescript-eslint";
import { describe, it } from "vitest";
import { tokensOnly } from "./tokens-only.js";

RuleTester.describe = describe;
RuleTester.it = it;

const jsx = { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } };
const refused = (code, messageId) => ({ code, errors: [{ messageId }] });

new RuleTester({ languageOptions: jsx }).run("tokens-only", tokensOnly, {
  valid: ['<p className="bg-surface text-ink-2 hover:border-line" />', 'const words = "the red from-5 bus"', '<p className={`text-${size}`} />'],
  invalid: [
    refused('<p className="bg-red-500" />', "raw"),
    refused('<p className="p-2 hover:text-white" />', "raw"),
    refused("<p className={`border-[#fff] ${more}`} />", "raw"),
    refused('<p className="p-2 dark:bg-surface" />', "dark"),
  ],
});
