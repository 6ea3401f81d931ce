import * as z from "zod/mini";
import type { BusinessOut, NewProposal, ProposalEdit, ProposalOut } from "@/api/generated";
import { dayIn, daysLater } from "@/lib/day";
import { moneyInput, parseMoney } from "@/ui/patterns/money-format";
import type { DraftLine } from "./pricing";

const VALID_DAYS = 30;

const line = (currency: string) => z.object({
  description: z.string().check(z.trim(), z.minLength(1, "Say what it is."), z.maxLength(500, "Keep it under 500 characters.")),
  quantity: z.string().check(z.regex(/^(?=.*[1-9])\d{1,7}([.,]\d{1,4})?$/, "A number above 0.")),
  unit_price: z.string().check(z.refine((text) => (parseMoney(text, currency) ?? -1) >= 0, `An amount, such as ${moneyInput(125_000, currency)}.`)),
  tax_rate: z.string().check(z.regex(/^(100([.,]0{1,2})?|\d{1,2}([.,]\d{1,2})?)$/, "0 to 100.")),
  optional: z.boolean(),
});

/** Checks what is typed; prices are in the currency of the proposal. */
export const editorSchema = (currency: string) => z.object({
  title: z.string().check(z.trim(), z.minLength(1, "Give it a title."), z.maxLength(200, "Keep it under 200 characters.")),
  summary: z.string().check(z.trim(), z.maxLength(2_000, "Keep it under 2,000 characters.")),
  line_items: z.array(line(currency)).check(z.minLength(1, "Add at least one line.")),
  tax_inclusive: z.boolean(),
  valid_until: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, "Choose the day until which it holds.")),
  terms: z.string().check(z.trim(), z.maxLength(20_000, "Keep it under 20,000 characters.")),
});

export type EditorValues = z.input<ReturnType<typeof editorSchema>>;
export type LineValues = EditorValues["line_items"][number];

export const NEW_LINE: LineValues = { description: "", quantity: "1", unit_price: "", tax_rate: "15.00", optional: false };

/** Gives the values of a fresh proposal. */
export function freshValues(title: string, business: BusinessOut): EditorValues {
  return { title, summary: "", line_items: [NEW_LINE], tax_inclusive: false, valid_until: usualDay(business), terms: "" };
}

/** Gives the values of a draft that is there. */
export function valuesOf(proposal: ProposalOut, business: BusinessOut): EditorValues {
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
    // A day of the business's calendar, wherever the writer is.
    valid_until: proposal.valid_until ? dayIn(business.timezone, new Date(proposal.valid_until)) : usualDay(business),
    terms: proposal.terms,
  };
}

/** Gives the body that the server takes; the day ends where the business is, which the server works out. */
export function bodyOf(values: EditorValues, currency: string): Omit<NewProposal, "project_id"> {
  return {
    ...values,
    line_items: values.line_items.map((item) => ({
      ...item,
      quantity: item.quantity.replace(",", "."),
      tax_rate: item.tax_rate.replace(",", "."),
      unit_price: { amount: parseMoney(item.unit_price, currency) ?? 0, currency },
    })),
  };
}

/** Gives the change of a draft that is there: in its own currency, and to the same moment if the day stays. */
export function editOf(values: EditorValues, proposal: ProposalOut, business: BusinessOut): ProposalEdit {
  const { valid_until, ...rest } = bodyOf(values, proposal.total.currency);
  const isSameDay = proposal.valid_until !== null && dayIn(business.timezone, new Date(proposal.valid_until)) === valid_until;
  return isSameDay ? rest : { ...rest, valid_until };
}

/** Gives what the arithmetic takes of a line that is being typed. */
export function draftLine(item: LineValues, currency: string): DraftLine {
  return { quantity: item.quantity, unitPrice: parseMoney(item.unit_price, currency) ?? 0, taxRate: item.tax_rate, isOptional: item.optional };
}

function usualDay(business: BusinessOut): string {
  return daysLater(dayIn(business.timezone, new Date()), VALID_DAYS);
}
