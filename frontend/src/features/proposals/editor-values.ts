import * as z from "zod/mini";
import type { BusinessOut, NewProposal, ProposalEdit, ProposalOut } from "@/api/generated";
import { zNewLineItem, zNewProposal, zUnitPrice } from "@/api/schemas/proposals/zod.gen";
import { dayIn, daysLater } from "@/lib/day";
import { counted } from "@/lib/form/counted";
import { field } from "@/lib/form/field";
import { decimalInput, plainDecimal, readDigits } from "@/ui/patterns/formats";
import { formatMoney, minorDigits, moneyInput, parseMoney } from "@/ui/patterns/money-format";
import { QUANTITY_DIGITS, QUANTITY_PLACES, RATE_PLACES, type DraftLine } from "./pricing";
import { editor, lineItem } from "./texts/editor";

const VALID_DAYS = 30;

const line = (currency: string) =>
  z.object({
    description: field(zNewLineItem.shape.description, { missing: lineItem.description.missing }),
    quantity: field(zNewLineItem.shape.quantity, { missing: lineItem.quantity.missing, invalid: wrongQuantity, read: plainDecimal }),
    unit_price: field(zUnitPrice.shape.amount, {
      missing: lineItem.price.missing,
      invalid: (text) => wrongPrice(text, currency),
      tooLarge: (amount) => lineItem.price.tooLarge(formatMoney({ amount, currency })),
      read: (text) => parseMoney(text, currency),
    }),
    tax_rate: field(zNewLineItem.shape.tax_rate, { missing: lineItem.tax.missing, invalid: wrongRate, read: plainDecimal }),
    optional: z.boolean(),
  });

/** Checks what is typed, by the limits of the server; prices are in the currency of the proposal. */
export const editorSchema = (currency: string) =>
  z.object({
    title: field(zNewProposal.shape.title, { missing: editor.overview.name.missing }),
    summary: field(zNewProposal.shape.summary),
    line_items: z.array(line(currency)).check(counted(zNewProposal.shape.line_items, { missing: lineItem.missing, noun: lineItem.noun })),
    tax_inclusive: z.boolean(),
    valid_until: field(zNewProposal.shape.valid_until, { missing: editor.closing.validUntil.missing, invalid: editor.closing.validUntil.missing }),
    terms: field(zNewProposal.shape.terms),
  });

export type EditorValues = z.input<ReturnType<typeof editorSchema>>;
export type LineValues = EditorValues["line_items"][number];

/** Gives a fresh line at a rate of tax; without one, the writer has to enter it. */
export function newLine(rate: string | null): LineValues {
  return { description: "", quantity: "1", unit_price: "", tax_rate: rate === null ? "" : decimalInput(rate), optional: false };
}

/** Gives the values of a fresh proposal. */
export function freshValues(title: string, business: BusinessOut): EditorValues {
  return { title, summary: "", line_items: [newLine(business.tax_rate)], tax_inclusive: false, valid_until: usualDay(business), terms: business.default_terms };
}

/** Gives the values of a draft that is there. */
export function valuesOf(proposal: ProposalOut, business: BusinessOut): EditorValues {
  return {
    title: proposal.title,
    summary: proposal.summary,
    line_items: proposal.line_items.map((item) => ({
      description: item.description,
      quantity: decimalInput(item.quantity),
      unit_price: moneyInput(item.unit_price.amount, item.unit_price.currency),
      tax_rate: decimalInput(item.tax_rate),
      optional: item.optional,
    })),
    tax_inclusive: proposal.tax_inclusive,
    // A day of the business's calendar, wherever the writer is.
    valid_until: proposal.valid_until ? dayIn(business.timezone, new Date(proposal.valid_until)) : usualDay(business),
    terms: proposal.terms,
  };
}

/** Gives the values of a version that begins with the content of another, and has a validity of its own. */
export function valuesAfter(before: ProposalOut, business: BusinessOut): EditorValues {
  return { ...valuesOf(before, business), valid_until: usualDay(business) };
}

/** Gives the body that the server takes; the day ends where the business is, which the server works out. */
export function bodyOf(values: EditorValues, currency: string): Omit<NewProposal, "project_id"> {
  return {
    ...values,
    line_items: values.line_items.map((item) => ({
      ...item,
      quantity: plainDecimal(item.quantity),
      tax_rate: plainDecimal(item.tax_rate),
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
  return { quantity: plainDecimal(item.quantity), unitPrice: Math.max(0, parseMoney(item.unit_price, currency) ?? 0), taxRate: plainDecimal(item.tax_rate), isOptional: item.optional };
}

/** Says which of its bounds a quantity is beyond. */
function wrongQuantity(text: string): string {
  if ((readDigits(text)?.whole.length ?? 0) > QUANTITY_DIGITS) return lineItem.quantity.digits(QUANTITY_DIGITS);
  return hasDecimalsBeyond(text, QUANTITY_PLACES) ? lineItem.decimals(QUANTITY_PLACES) : lineItem.quantity.invalid;
}

/** Says what is wrong with a price: a third decimal is never taken for a sign between thousands. */
function wrongPrice(text: string, currency: string): string {
  const places = minorDigits(currency);
  return places > 0 && hasDecimalsBeyond(text, places) ? lineItem.decimals(places) : lineItem.price.invalid(moneyInput(125_000, currency));
}

/** Says which of its bounds a rate is beyond. */
function wrongRate(text: string): string {
  return hasDecimalsBeyond(text, RATE_PLACES) ? lineItem.decimals(RATE_PLACES) : lineItem.tax.invalid;
}

function hasDecimalsBeyond(text: string, places: number): boolean {
  return (readDigits(text)?.fraction.length ?? 0) > places;
}

function usualDay(business: BusinessOut): string {
  return daysLater(dayIn(business.timezone, new Date()), VALID_DAYS);
}
