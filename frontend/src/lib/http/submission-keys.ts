/**
 * Gives each submission its Idempotency-Key. A submission that got no answer keeps its key, so that pressing
 * the button again cannot make the thing twice; any answer at all uses the key up.
 */
export class SubmissionKeys {
  readonly #unanswered = new Map<string, string>();

  /** Gives the key for this request's content. */
  keyFor(submission: string): string {
    const known = this.#unanswered.get(submission);
    if (known) return known;
    const key = newKey();
    this.#unanswered.set(submission, key);
    return key;
  }

  /** Marks a submission as answered. */
  answered(submission: string): void {
    this.#unanswered.delete(submission);
  }
}

function newKey(): string {
  // randomUUID exists in secure contexts only; a local run may be opened by an address of the network.
  if ("randomUUID" in crypto) return crypto.randomUUID();
  return Array.from((crypto as Crypto).getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
