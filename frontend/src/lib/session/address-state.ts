declare module "@tanstack/react-router" {
  /** What goes along to a page and stands in no address. */
  interface HistoryState {
    /** The e-mail address of whoever was signed in until now, or has just registered, for the sign-in to begin with. */
    email?: string | undefined;
    /** What is open was opened from the list behind it, which the step back leads to. */
    isBesideList?: boolean | undefined;
  }
}

export {};
