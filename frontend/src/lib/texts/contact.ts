/** Whom a client asks, by what the business has told of itself, in English. */
export const contact = {
  verb: (business: string) => `Contact ${business}`,
  emailAndPhone: (business: string, email: string, phone: string) => `Write to ${business} at <email>${email}</email>, or call <phone>${phone}</phone>.`,
  email: (business: string, email: string) => `Write to ${business} at <email>${email}</email>.`,
  phone: (business: string, phone: string) => `Call ${business} on <phone>${phone}</phone>.`,
  neither: (business: string | undefined) => (business ? `Ask your contact at ${business}.` : "Ask the person who sends you proposals and invoices."),
};

/** Who can give a reader what their role leaves out. */
export const whomToAsk = {
  business: (business: string) => `If you need it, <contact>contact ${business}</contact>.`,
  owner: (organization: string) => `If you need it, ask an owner of ${organization}.`,
  ownerOrBusiness: (organization: string, business: string) => `If you need it, ask an owner of ${organization} or <contact>contact ${business}</contact>.`,
  staff: "If you need it, ask an operator of your business.",
};
