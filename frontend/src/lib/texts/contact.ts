/** Whom a client asks, by what the business has told of itself, in English. */
export const contact = {
  emailAndPhone: (business: string, email: string, phone: string) => `Write to ${business} at <email>${email}</email>, or call <phone>${phone}</phone>.`,
  email: (business: string, email: string) => `Write to ${business} at <email>${email}</email>.`,
  phone: (business: string, phone: string) => `Call ${business} on <phone>${phone}</phone>.`,
  neither: (business: string | undefined) => (business ? `Ask your contact at ${business}.` : "Ask the person who sends you proposals and invoices."),
};
