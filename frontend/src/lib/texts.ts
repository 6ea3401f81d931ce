/** What the parts that features share say, in English. */

export const download = { retry: "Try again", requestId: "the request id" };

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

export const settings = { save: "Save changes", saved: "Saved", unsaved: "Unsaved changes" };

/** What is said of a failure that the server could not put into words. */
export const failures = {
  network: { title: "No connection", detail: "The server didn’t respond. Check your connection and try again." },
  unknown: { title: "Something went wrong", detail: (status: number) => `The server returned an error (${status}). Try again in a few minutes.` },
};
