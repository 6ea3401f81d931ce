/** What pages of settings say, in English. */

export const settings = { sections: (title: string) => `Sections of ${title}` };
