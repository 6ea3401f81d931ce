import { properName as texts } from "./texts/proper-name";

/** The server's rule for names of people and organizations, which its document cannot tell: they hold no web address. */
export const properName = { pattern: /^(?!.*(?::\/\/|www\.))/i, invalid: texts.hasAddress };
