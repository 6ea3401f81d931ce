/** What is said of the name of a person or an organization, in English. */

export const properName = { hasAddress: "A name can’t contain a web address." };
