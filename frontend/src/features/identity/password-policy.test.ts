import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { meetsPolicy } from "./password-policy";

interface Case {
  password: string;
  /** The rule that refuses it; only the server knows which passwords are common. */
  refused: "length" | "mixture" | "address" | "common" | null;
}

const FILE = path.resolve(import.meta.dirname, "../../../../backend/tests/features/identity/passwords.json");
const cases = JSON.parse(readFileSync(FILE, "utf8")) as Case[];

it.each(cases)("judges $password as the server does", ({ password, refused }) => {
  expect(meetsPolicy(password, "thandi@harbour.example")).toBe(refused === null || refused === "common");
});
