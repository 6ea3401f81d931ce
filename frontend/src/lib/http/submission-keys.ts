/** Refusals that are about the moment or the session, not about what was asked: the same request may still be done. Held to backend/tests/core/http/submission_keys.json. */
const MAY_YET_BE_DONE = new Set([401, 408, 409, 425, 429]);
/** What was refused and not sent again is forgotten from the oldest on. */
const KEPT_MAX = 100;

/**
 * Gives each submission its Idempotency-Key. A success uses the key up, and so does a refusal of what was asked. After
 * a failure of the server, and where no answer came, the thing may have been made: pressing the button again must not
 * make it twice, so that the submission keeps its key.
 */
export class SubmissionKeys {
  readonly #kept = new Map<string, string>();

  /** Gives the key for this request's content. */
  keyFor(submission: string): string {
    const known = this.#kept.get(submission);
    if (known) return known;
    const key = newKey();
    this.#kept.set(submission, key);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_MAX && oldest !== undefined) this.#kept.delete(oldest);
    return key;
  }

  /** Takes in the status of the answer: the next submission of this content has a key of its own, unless this one may yet be done. */
  answered(submission: string, status: number): void {
    if (status < 500 && !MAY_YET_BE_DONE.has(status)) this.#kept.delete(submission);
  }
}

/** Makes a key that was never used. */
export function newKey(): string {
  // randomUUID exists in secure contexts only; a local run may be opened by an address of the network.
  if ("randomUUID" in crypto) return crypto.randomUUID();
  return Array.from((crypto as Crypto).getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
