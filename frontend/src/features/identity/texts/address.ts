/** What the forms of the sign-in and the registration say of the e-mail address, in English. */
export const address = {
  label: "E-mail address",
  errors: { missing: "Enter your e-mail address.", invalid: "Enter a valid e-mail address, such as name@example.com." },
};
