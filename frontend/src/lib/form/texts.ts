/** What every form says, in English; limits in the words of the server (`core/http/refusals.py`). */

export const fields = {
  invalid: "Check what you entered.",
  tooLong: (maximum: string) => `Enter at most ${maximum} characters.`,
  tooShort: (minimum: string) => `Enter at least ${minimum} characters.`,
  tooLarge: (maximum: string) => `Enter ${maximum} or less.`,
  tooSmall: (minimum: string) => `Enter ${minimum} or more.`,
  tooMany: (maximum: string, noun: string) => `Add at most ${maximum} ${noun}.`,
};

export const leaving = { title: "Leave without saving?", description: "Your changes on this page haven’t been saved.", panel: "What you entered hasn’t been saved.", confirm: "Discard changes", stay: "Keep editing" };
