import { describe, expect, it } from "vitest";
import type { InspectionOut, ParameterType } from "@/api/generated";
import { candidatesOf, offeredLabel, toParameter } from "./parameters";

const value = (label: string, type: ParameterType, literal: string | number | boolean) => ({ pointer: `/nodes/0/${label}`, node: "Tidy up", label, type, value: literal });
const inspection = (parts: Partial<InspectionOut>): InspectionOut => ({
  name: "Lead capture",
  trigger: "New lead",
  nodes: 7,
  has_own_response: false,
  values: [],
  credentials: [],
  ...parts,
});
const only = (parts: Partial<InspectionOut>) => {
  const [candidate] = candidatesOf(inspection(parts));
  if (!candidate) throw new Error("no candidate");
  return candidate;
};

describe("a picked value", () => {
  it("starts from what the file says", () => {
    const candidate = only({ values: [value("qualifies_from", "NUMBER", 10_000)] });
    expect(toParameter(candidate, "Qualifies from", new Set())).toEqual({
      key: "qualifies_from",
      label: "Qualifies from",
      type: "NUMBER",
      required: false,
      default: 10_000,
      pointer: "/nodes/0/qualifies_from",
    });
  });

  it("keeps false and zero as defaults", () => {
    expect(toParameter(only({ values: [value("on", "BOOLEAN", false)] }), "On", new Set())).toMatchObject({ default: false, required: false });
    expect(toParameter(only({ values: [value("count", "NUMBER", 0)] }), "Count", new Set())).toMatchObject({ default: 0, required: false });
  });

  it("never has a default when it is a secret, and must then be given", () => {
    expect(toParameter(only({ values: [value("secret", "SECRET", "")] }), "Secret", new Set())).toMatchObject({ type: "SECRET", default: null, required: true });
  });

  it("asks for a credential's id as a text that must be given", () => {
    const slot = { pointer: "/nodes/2/credentials/httpHeaderAuth/id", node: "CRM", type: "httpHeaderAuth", name: "CRM key" };
    expect(toParameter(only({ credentials: [slot] }), "CRM credential", new Set())).toMatchObject({ type: "TEXT", default: null, required: true, pointer: slot.pointer });
  });
});

it("offers as much of a long name as a label may have", () => {
  expect(offeredLabel(only({ values: [value("x".repeat(300), "TEXT", "Hi")] }))).toBe("x".repeat(100));
});

describe("the key of a parameter", () => {
  const candidate = only({ values: [value("greeting", "TEXT", "Hi")] });
  const SHAPE = /^[a-z][a-z0-9_]{0,39}$/;

  it.each(["Tidy up · assignments · greeting", "2nd greeting", "Größe", "日本語", "···", "x".repeat(100), `${"9".repeat(60)} nine`])("has the server's shape for “%s”", (label) => {
    expect(toParameter(candidate, label, new Set()).key).toMatch(SHAPE);
  });

  it("is one that no other has, however often a label repeats", () => {
    const taken = new Set<string>();
    const keys = Array.from({ length: 12 }, () => toParameter(candidate, "x".repeat(60), taken).key);
    expect(new Set(keys).size).toBe(12);
    expect(keys.every((key) => SHAPE.test(key))).toBe(true);
  });
});
