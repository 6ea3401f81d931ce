declare module "@tanstack/react-router" {
  /** What goes along to a page and stands in no address. */
  interface HistoryState {
    /** The e-mail address of whoever was signed in until now, or has just registered, for the sign-in to begin with. */
    email?: string | undefined;
  }
}

export {};
