import { passwordRules as texts } from "./texts/register-credentials";

export interface PasswordRule {
  label: string;
  isMet: (password: string) => boolean;
}

const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{N}]/u];
const LENGTH_MIN = 8;
/** From this length on a passphrase needs no mixture. */
const PASSPHRASE_LENGTH = 16;

/** Gives the server's rules, mirrored so that they can be ticked while typing; the server decides. */
export function passwordRules(email: string): readonly PasswordRule[] {
  const name = email.split("@")[0]?.toLowerCase() ?? "";
  return [
    { label: texts.length(LENGTH_MIN), isMet: (password) => lengthOf(password) >= LENGTH_MIN },
    {
      label: texts.mixture(PASSPHRASE_LENGTH),
      isMet: (password) =>
        lengthOf(password) >= PASSPHRASE_LENGTH ? new Set(password).size >= 6 : KINDS.filter((kind) => kind.test(password)).length >= 3,
    },
    {
      label: texts.address,
      isMet: (password) => password.length > 0 && !(name.length >= 4 && password.toLowerCase().includes(name)),
    },
  ];
}

/** Counts characters as the server does: one outside of the basic plane is one, though it is two to JavaScript. */
function lengthOf(password: string): number {
  return Array.from(password).length;
}

/** Says whether every rule is met. */
export function meetsPolicy(password: string, email: string): boolean {
  return passwordRules(email).every((rule) => rule.isMet(password));
}
