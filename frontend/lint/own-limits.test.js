import path from "node:path";
import { ESLint } from "eslint";
import { expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..");

it("refuses a limit that a form has of its own, beside the server's", { timeout: 60_000 }, async () => {
  const eslint = new ESLint({ cwd: ROOT });
  const judged = async (check) => {
    const code = `import * as z from "zod/mini";\nimport { field } from "@/lib/form";\nexport const title = ${check};\n`;
    const [result] = await eslint.lintText(code, { filePath: path.join(ROOT, "src/features/projects/queries.ts") });
    return result?.messages.map(({ ruleId }) => ruleId).filter((rule) => rule === "no-restricted-syntax");
  };
  expect(await judged("field(z.string().check(z.maxLength(80)))")).toEqual(["no-restricted-syntax"]);
  expect(await judged("field(z.string().check(z.regex(/^[A-Z]{3}$/)))")).toEqual(["no-restricted-syntax"]);
  expect(await judged("field(z.string())")).toEqual([]);
});
