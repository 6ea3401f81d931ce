/** What the foot of a list with amounts says, in English. */
export const sums = { list: "Total", page: "Page total" };
