/** What a proposal as a document says around the words of its writer, in English; the PDF says the same. */

export const proposalDocument = {
  version: (code: string, version: number) => `${code} · version ${version}`,
  items: "What you get",
  pricesInclude: (tax: string) => `Prices include ${tax}.`,
  terms: "Terms",
};

export const parties = {
  client: "Prepared for",
  seller: "From",
  taxNumber: (tax: string, number: string) => `${tax} number ${number}`,
};

export const figures = {
  total: (tax: string) => `Total incl. ${tax}`,
  net: (tax: string) => `Excl. ${tax}`,
  validUntil: "Valid until",
};

export const sums = { subtotal: "Subtotal", netSubtotal: (tax: string) => `Subtotal excl. ${tax}`, total: "Total" };
