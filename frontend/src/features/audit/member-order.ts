/** The order in which a reader knows the members of records, as their forms have it. JSON of the database has its own. */
const ORDER = [
  "name",
  "legal_name",
  "title",
  "text",
  "lead",
  "address",
  "country",
  "registration_number",
  "tax_number",
  "tax_name",
  "default_tax",
  "email",
  "reply_to",
  "phone",
  "website",
  "currency",
  "total",
  "deposit",
  "lines",
  "tax_inclusive",
  "valid_from",
  "valid_until",
  "timezone",
  "date_format",
  "number_format",
  "days_to_pay",
  "summary",
  "terms",
  "default_terms",
  "bank",
  "bank_name",
  "account_name",
  "number",
  "branch_code",
  "bic",
  "note",
  "logo",
  "accent",
  "accent_dark",
  "front_door",
];
const RANKS = new Map(ORDER.map((name, rank) => [name, rank]));

/** Sorts members as a reader knows them; what is not known stays behind, in its own order. */
export function inOrder<Value>(members: readonly [string, Value][]): [string, Value][] {
  const rank = ([name]: [string, Value]) => RANKS.get(name) ?? ORDER.length;
  return [...members].sort((one, other) => rank(one) - rank(other));
}
