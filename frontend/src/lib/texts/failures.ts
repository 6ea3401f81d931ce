/** What is said of a failure that the server could not put into words. */
export const failures = {
  network: { title: "No connection", detail: "The server didn’t respond. Check your connection and try again." },
  unknown: { title: "Something went wrong", detail: (status: number) => `The server returned an error (${status}). Try again in a few minutes.` },
};
