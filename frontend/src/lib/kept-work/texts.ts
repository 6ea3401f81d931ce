/** What a form says of what was typed into it before, in English. */
export const kept = { title: "We kept what you typed", hint: "It hasn’t been saved yet.", discard: "Discard" };
