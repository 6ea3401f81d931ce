import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { counted } from "./counted";
import { field, type FieldWords } from "./field";

const title = z.string().check(z.minLength(2), z.maxLength(2_000));

function complaint(schema: z.ZodMiniType, value: unknown): string | undefined {
  return z.safeParse(schema, value).error?.issues[0]?.message;
}

const about = (schema: z.ZodMiniType, text: string, words?: FieldWords) => complaint(field(schema, words), text);

describe("field", () => {
  it("takes its limits from the server's schema", () => {
    expect(about(title, "a")).toBe("Enter at least 2 characters.");
    expect(about(title, "a".repeat(2_000))).toBeUndefined();
    expect(about(title, "a".repeat(2_001))).toBe("Enter at most 2,000 characters.");
  });

  it("may be left empty unless there is a word for that", () => {
    expect(about(title, "  ")).toBeUndefined();
    expect(about(title, "  ", { missing: "Give it a title." })).toBe("Give it a title.");
    expect(about(z.nullish(z.string()), "", { missing: "Give it a title." })).toBe("Give it a title.");
  });

  it("says in the form's words what shape it should have", () => {
    expect(about(z.string().check(z.regex(/^\d+$/)), "abc", { invalid: "A number." })).toBe("A number.");
    expect(about(z.union([z.iso.date(), z.iso.datetime()]), "tomorrow", { invalid: "Choose a day." })).toBe("Choose a day.");
  });

  it("names the wrong shape before a length that would not mend it", () => {
    const words = { invalid: "Begin with https://." };
    expect(about(z.string().check(z.minLength(8), z.regex(/^https:/)), "n8n", words)).toBe("Begin with https://.");
    expect(about(z.string().check(z.minLength(8)), "n8n", { ...words, pattern: /^https:/ })).toBe("Begin with https://.");
    expect(about(z.string().check(z.minLength(8)), "https:", { ...words, pattern: /^https:/ })).toBe("Enter at least 8 characters.");
  });

  it("judges what the text means, and gives the text", () => {
    const price = z.int().check(z.gte(0), z.lte(1_000));
    const words = { invalid: "An amount.", tooLarge: (most: number) => `At most ${most}.`, read: (text: string) => (text === "free" ? 0 : Number(text) * 100) };
    expect(z.safeParse(field(price, words), " 9.5 ").data).toBe("9.5");
    expect(about(price, "free", words)).toBeUndefined();
    expect(about(price, "ten", words)).toBe("An amount.");
    expect(about(price, "10.5", words)).toBe("At most 1000.");
    expect(about(price, "-1", words)).toBe("Enter 0 or more.");
  });

  it("trims, but never a password", () => {
    expect(z.safeParse(field(title), " Leads ").data).toBe("Leads");
    expect(z.safeParse(field(title, { isExact: true }), " Leads ").data).toBe(" Leads ");
  });
});

describe("counted", () => {
  const lines = z.array(z.object({ price: z.int() })).check(z.minLength(1), z.maxLength(2));
  const form = z.array(z.object({ price: z.string() })).check(counted(lines, { missing: "Add a line.", noun: "lines" }));
  const items = (count: number) => Array.from({ length: count }, () => ({ price: "1.00" }));

  it("judges the number of members, and leaves them to themselves", () => {
    expect(complaint(form, items(2))).toBeUndefined();
    expect(complaint(form, items(0))).toBe("Add a line.");
    expect(complaint(form, items(3))).toBe("Add at most 2 lines.");
  });
});
