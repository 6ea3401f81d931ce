/** What somebody set going: whether it is at work, and why it failed. A mutation is one. */
export interface Attempt {
  isPending: boolean;
  error: unknown;
}
