/** What documents say of their lines and taxes, in English. */

export const lineItems = {
  item: "Item",
  quantity: "Qty",
  price: "Unit price",
  amount: "Amount",
  optional: "Optional, not in the total",
};

export const taxes = {
  rate: (tax: string, rate: string) => `${tax} ${rate}`,
  /** Where there are several rates: what this one was charged on. */
  rateOn: (tax: string, rate: string, net: string) => `${tax} ${rate} on ${net}`,
};
