/** What every form of settings says, in English. */

export const settings = { save: "Save changes", saved: "Saved", unsaved: "Unsaved changes" };
