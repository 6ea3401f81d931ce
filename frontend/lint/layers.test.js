import path from "node:path";
import { ESLint, RuleTester } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import { layers } from "./layers.js";

const SRC = path.resolve(import.meta.dirname, "../src");
const at = (file, code) => ({ filename: path.join(SRC, file), code });
const refused = (file, code, messageId) => ({ ...at(file, code), errors: [{ messageId }] });

RuleTester.describe = describe;
RuleTester.it = it;

new RuleTester({ languageOptions: { parser: tseslint.parser } }).run("layers", layers, {
  valid: [
    at("app/router.tsx", 'import { Route } from "../routes/login"'),
    at("routes/login.tsx", 'import { LoginForm } from "@/features/identity/login-form"'),
    at("routes/_app/projects.tsx", 'import { Detail } from "../-project-detail"'),
    at("features/projects/project-page.tsx", 'import { projectOptions } from "./queries"'),
    at("features/projects/actions/archive.ts", 'import { projectOptions } from "../queries"'),
    at("features/projects/project-page.tsx", 'import { useMe } from "../../lib/session/me"'),
    at("features/projects/project-page.tsx", 'export type { ProjectOut } from "@/api/generated"'),
    at("features/projects/project-page.test.tsx", 'import { renderPage } from "@/testing/render-page"'),
    at("lib/load-error.tsx", 'import { ErrorState } from "@/ui/patterns/error-state"'),
    at("features/projects/project-page.tsx", 'const pages = import.meta.glob(["./*-page.tsx", "!../billing/*"])'),
    at("ui/patterns/card.tsx", 'import { useState } from "react"'),
    at("ui/ui-provider.tsx", 'import "./styles.css"'),
    at("testing/server.ts", 'import { createQueryClient } from "@/lib/query-client"'),
  ],
  invalid: [
    // From feature to feature, however it is written.
    refused("features/projects/project-page.tsx", 'import { PayButton } from "@/features/billing/pay-button"', "sideways"),
    refused("features/projects/project-page.tsx", 'import { PayButton } from "../billing/pay-button"', "sideways"),
    refused("features/projects/actions/archive.ts", 'import { PayButton } from "../../billing/pay-button"', "sideways"),
    refused("features/projects/project-page.tsx", 'const pay = () => import("../billing/pay-button")', "sideways"),
    refused("features/projects/project-page.tsx", "const pay = () => import(`../billing/pay-button`)", "sideways"),
    refused("features/projects/project-page.tsx", 'export * from "../billing/pay-button"', "sideways"),
    refused("features/projects/project-page.tsx", 'export { PayButton } from "../billing/pay-button"', "sideways"),
    refused("features/projects/project-page.tsx", 'type Props = import("../billing/pay-button").PayButtonProps', "sideways"),
    refused("features/projects/project-page.tsx", 'import { PayButton } from "@/features/projects/../billing/pay-button"', "sideways"),
    refused("features/projects/project-page.tsx", 'import { PayButton } from "/src/features/billing/pay-button"', "sideways"),
    refused("features/projects/project-page.tsx", 'import text from "../billing/words.txt?raw"', "sideways"),
    refused("features/projects/project-page.tsx", 'const pages = import.meta.glob("../billing/*")', "sideways"),
    refused("features/projects/project-page.tsx", 'const pages = import.meta.glob(["./*", "!./x", "../*/queries.ts"])', "sideways"),
    refused("features/projects/project-page.tsx", "const load = (name: string) => import.meta.glob(name)", "computed"),
    // Upwards.
    refused("lib/warm.ts", 'const queries = import.meta.glob("@/features/*/queries.ts", { eager: true })', "upward"),
    refused("features/projects/project-page.tsx", 'import { Route } from "../../routes/login"', "upward"),
    refused("features/projects/project-page.tsx", 'import { Route } from "@/routes/login"', "upward"),
    refused("routes/login.tsx", 'import { makeRouter } from "../app/router"', "upward"),
    refused("lib/warm.ts", 'import { projectOptions } from "../features/projects/queries"', "upward"),
    refused("ui/patterns/card.tsx", 'import { ApiError } from "../../lib/problem"', "upward"),
    refused("ui/patterns/card.tsx", 'import type { MoneyBody } from "../../api/generated"', "upward"),
    refused("ui/patterns/card.test.tsx", 'import { ApiError } from "../../lib/problem"', "upward"),
    refused("api/index.ts", 'import { ApiError } from "../lib/problem"', "upward"),
    refused("features/projects/project-page.tsx", 'import { renderPage } from "../../testing/render-page"', "upward"),
    // What no layer can be told of.
    refused("features/projects/project-page.tsx", 'import document from "../../../openapi.json"', "outside"),
    refused("features/projects/project-page.tsx", "const load = (name: string) => import(name)", "computed"),
  ],
});

it("is on in the house's own configuration", { timeout: 60_000 }, async () => {
  const eslint = new ESLint({ cwd: path.dirname(SRC) });
  const [result] = await eslint.lintText('export { PayButton } from "../billing/pay-button";\n', { filePath: path.join(SRC, "features/projects/queries.ts") });
  expect(result?.messages.map((message) => message.ruleId)).toContain("house/layers");
});
