/** The title of a page that its reader may not see, in English. */
export const noAccess = "No access";
