import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";
import { layers } from "./lint/layers.js";
import { REVIEWED_TABLES } from "./lint/reviewed-tables.js";
import { tables } from "./lint/tables.js";
import { textsInModules } from "./lint/texts-in-modules.js";
import { tokensOnly } from "./lint/tokens-only.js";

const INVALIDATION = { selector: "MemberExpression[property.name='invalidateQueries']", message: "Name what the act has changed: useRefresh() of lib/refresh." };
const OWN_LIMIT = {
  selector: "CallExpression[callee.object.name='z'][callee.property.name=/^(maxLength|minLength|length|regex|lte|lt|gte|gt|maximum|minimum)$/]",
  message: "A form has the limits of the server's document: field() of lib/form, with a schema of api/schemas.",
};

export default tseslint.config(
  { ignores: ["dist", "dist.new", "dist.old", "src/api", "src/app/route-tree.gen.ts", "public", "node_modules"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}", "bundle/**/*.ts", "*.config.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { globals: globals.browser, parserOptions: { projectService: true } },
    rules: {
      // Numbers read well in templates, and TypeScript knows the rest.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Handlers that start work and show its state elsewhere are the habit of React; promises are caught where they are made.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // The router's redirect() and notFound() are thrown by design.
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { house: { rules: { layers, tables, "texts-in-modules": textsInModules, "tokens-only": tokensOnly } }, "react-hooks": reactHooks },
    extends: [jsxA11y.flatConfigs.strict],
    rules: {
      ...reactHooks.configs.recommended.rules,
      "house/layers": "error",
      "house/tokens-only": "error",
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "Server state goes through the generated client; its transport is lib/http." },
      ],
      "no-restricted-syntax": ["error", INVALIDATION],
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["@heroicons/*"], message: "Icons come from ui/icon." },
            { group: ["@base-ui/*"], message: "The headless library stays underneath ui/." },
          ],
        },
      ],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    // What stands in tests and their samples is said by the server or by a person.
    ignores: ["**/texts.ts", "**/texts/*.ts", "**/*.test.{ts,tsx}", "src/testing/**"],
    rules: { "house/texts-in-modules": "error" },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["**/*.test.{ts,tsx}", "src/testing/**"],
    rules: { "house/tables": ["error", REVIEWED_TABLES] },
  },
  { files: ["src/features/**/*.{ts,tsx}"], rules: { "no-restricted-syntax": ["error", INVALIDATION, OWN_LIMIT] } },
  { files: ["src/ui/**/*.{ts,tsx}"], rules: { "no-restricted-imports": "off" } },
  { files: ["src/lib/refresh.ts"], rules: { "no-restricted-syntax": "off" } },
  { files: ["src/lib/http/transport.ts"], rules: { "no-restricted-globals": "off" } },
  { files: ["lint/**/*.js", "scripts/**/*.mjs", "eslint.config.js"], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
  {
    files: ["**/*.test.{ts,tsx}", "src/testing/**"],
    rules: { "@typescript-eslint/no-unsafe-assignment": "off", "@typescript-eslint/unbound-method": "off" },
  },
);
