import * as z from "zod/mini";
import type { NewProposal, ProposalOut } from "@/api/generated";
import { moneyInput, parseMoney } from "@/ui/patterns/money-format";
import type { DraftLine } from "./pricing";

export const CURRENCY = "ZAR";
const VALID_DAYS = 30;

const line = z.object({
  description: z.string().check(z.trim(), z.minLength(1, "Say what it is."), z.maxLength(500, "Keep it under 500 characters.")),
  quantity: z.string().check(z.regex(/^(?=.*[1-9])\d{1,7}([.,]\d{1,4})?$/, "A number above 0.")),
  unit_price: z.string().check(z.refine((text) => (parseMoney(text, CURRENCY) ?? -1) >= 0, "An amount, such as 1250.00.")),
  tax_rate: z.string().check(z.regex(/^(100([.,]0{1,2})?|\d{1,2}([.,]\d{1,2})?)$/, "0 to 100.")),
  optional: z.boolean(),
});

export const editorSchema = z.object({
  title: z.string().check(z.trim(), z.minLength(1, "Give it a title."), z.maxLength(200, "Keep it under 200 characters.")),
  summary: z.string().check(z.trim(), z.maxLength(2_000, "Keep it under 2,000 characters.")),
  line_items: z.array(line).check(z.minLength(1, "Add at least one line.")),
  tax_inclusive: z.boolean(),
  valid_until: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, "Choose the day until which it holds.")),
  terms: z.string().check(z.trim(), z.maxLength(20_000, "Keep it under 20,000 characters.")),
});

export type EditorValues = z.input<typeof editorSchema>;
export type LineValues = EditorValues["line_items"][number];

export const NEW_LINE: LineValues = { description: "", quantity: "1", unit_price: "", tax_rate: "15.00", optional: false };

/** Gives the values of a fresh proposal. */
export function freshValues(title: string): EditorValues {
  const until = new Date();
  until.setDate(until.getDate() + VALID_DAYS);
  return { title, summary: "", line_items: [NEW_LINE], tax_inclusive: false, valid_until: dayOf(until), terms: "" };
}

/** Gives the values of a draft that is there. */
export function valuesOf(proposal: ProposalOut): EditorValues {
  return {
    title: proposal.title,
    summary: proposal.summary,
    line_items: proposal.line_items.map((item) => ({
      description: item.description,
      quantity: item.quantity,
      unit_price: moneyInput(item.unit_price.amount, item.unit_price.currency),
      tax_rate: item.tax_rate,
      optional: item.optional,
    })),
    tax_inclusive: proposal.tax_inclusive,
    valid_until: proposal.valid_until ? dayOf(new Date(proposal.valid_until)) : freshValues("").valid_until,
    terms: proposal.terms,
  };
}

/** Gives the body that the server takes. */
export function bodyOf(values: EditorValues): Omit<NewProposal, "project_id"> {
  return {
    ...values,
    // The offer holds until the end of that day, where the writer is.
    valid_until: new Date(`${values.valid_until}T23:59:59`).toISOString(),
    line_items: values.line_items.map((item) => ({
      ...item,
      quantity: item.quantity.replace(",", "."),
      tax_rate: item.tax_rate.replace(",", "."),
      unit_price: { amount: parseMoney(item.unit_price, CURRENCY) ?? 0, currency: CURRENCY },
    })),
  };
}

/** Gives what the arithmetic takes of a line that is being typed. */
export function draftLine(item: LineValues): DraftLine {
  return { quantity: item.quantity, unitPrice: parseMoney(item.unit_price, CURRENCY) ?? 0, taxRate: item.tax_rate, isOptional: item.optional };
}

function dayOf(date: Date): string {
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
}
