/** An access token as the server gave it. */
export interface AccessToken {
  value: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

export interface SessionParts {
  /** Trades the refresh cookie for a token; null when the server refuses it. Throws when it cannot be asked. */
  refresh: () => Promise<AccessToken | null>;
  /** Runs work while no other tab runs its own. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  /** Tells the other tabs; they hear through `hear`. */
  tell: (message: SessionMessage) => void;
  now: () => number;
}

export type SessionMessage = { kind: "renewed"; token: AccessToken } | { kind: "ended" };

const LEEWAY_MS = 15_000;

/**
 * Keeps the access token, in memory only. Tabs take turns in renewing it: a refresh token is good for one
 * use, so two tabs that renewed at once would look like a theft and end the session.
 */
export class Session {
  readonly #parts: SessionParts;
  readonly #onEnd = new Set<() => void>();
  #token: AccessToken | undefined;
  #renewal: Promise<AccessToken | null> | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Says whether a token is held that is good for a while. */
  get isOpen(): boolean {
    return this.#token !== undefined && this.#token.expiresAt - LEEWAY_MS > this.#parts.now();
  }

  /** Gives a good token, renewing it where it is missing or about to end; null when nobody is signed in. */
  async ensure(): Promise<string | null> {
    if (this.isOpen && this.#token) return this.#token.value;
    return this.renew(this.#token?.value);
  }

  /** Gives a good token if one was ever held by this page; never asks on behalf of a stranger. */
  async current(): Promise<string | null> {
    return this.#token ? this.ensure() : null;
  }

  /** Replaces a token that the server no longer takes. All callers of a page share one renewal. */
  async renew(stale: string | undefined): Promise<string | null> {
    if (this.#token && this.#token.value !== stale) return this.#token.value;
    this.#renewal ??= this.#renewInTurn(stale).finally(() => {
      this.#renewal = undefined;
    });
    return (await this.#renewal)?.value ?? null;
  }

  /** Takes the token of a sign-in. */
  open(token: AccessToken): void {
    this.#token = token;
    this.#parts.tell({ kind: "renewed", token });
  }

  /** Forgets the token, here and in the other tabs. */
  end(): void {
    if (this.#token) this.#parts.tell({ kind: "ended" });
    this.#forget();
  }

  /** Takes in what another tab said. */
  hear(message: SessionMessage): void {
    if (message.kind === "renewed") this.#token = message.token;
    else if (this.#token) this.#forget();
  }

  /** Calls back whenever the session ends; gives the way to stop that. */
  onEnd(listener: () => void): () => void {
    this.#onEnd.add(listener);
    return () => this.#onEnd.delete(listener);
  }

  async #renewInTurn(stale: string | undefined): Promise<AccessToken | null> {
    return this.#parts.exclusively(async () => {
      // While this tab waited for its turn, another may have renewed and told.
      if (this.#token && this.#token.value !== stale) return this.#token;
      const token = await this.#parts.refresh();
      if (token) this.open(token);
      else this.end();
      return token;
    });
  }

  #forget(): void {
    const wasOpen = this.#token !== undefined;
    this.#token = undefined;
    if (wasOpen) for (const listener of this.#onEnd) listener();
  }
}
