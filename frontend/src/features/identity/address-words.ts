/** What a form says of an e-mail address that is none. */
export const ADDRESS_WORDS = {
  missing: "Enter your e-mail address.",
  invalid: "Enter a valid e-mail address, such as name@example.com.",
};
