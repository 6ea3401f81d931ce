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

export type SessionMessage = { kind: "renewed"; token: AccessToken } | { kind: "ended" } | { kind: "lapsed"; reason?: string | undefined };

/**
 * How a page stands to its session. LAPSED: the server ended it while its person had pages open, and they are asked to sign
 * in again. TAKEN: somebody else has signed in with this browser.
 */
export type Standing = "OPEN" | "CLOSED" | "LAPSED" | "TAKEN";

/** A session that is over while pages that belong to it are open. */
interface Lapse {
  reason: string | undefined;
  /** Settles when its person has signed in again, or has left. */
  over: Promise<void>;
  settle: () => void;
}

const LEEWAY_MS = 15_000;
/** How long a tab that hears of a sign-out asks for nothing: meanwhile the server is told. */
const QUIET_MS = 5_000;

/**
 * Keeps the access token, in memory only. Tabs take turns in renewing it: a refresh token is good for one
 * use, so two tabs that renewed at once would look like a theft and end the session. Where pages of somebody's work are
 * open, whoever asks for a token waits until they have signed in again; nobody else's token is ever given to them.
 */
export class Session {
  readonly #parts: SessionParts;
  readonly #onEnd = new Set<() => void>();
  readonly #onStanding = new Set<() => void>();
  #token: AccessToken | undefined;
  /** Whose token was held last: the pages that are open are theirs. */
  #person: string | undefined;
  #renewal: Promise<AccessToken | null> | undefined;
  #lapse: Lapse | undefined;
  #isTaken = false;
  #isSigningOut = false;
  #quietUntil = 0;
  /** Counts how often the session has ended here: what was asked for before may be answered after. */
  #endings = 0;
  #pages = 0;
  #reason: string | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Says whether a token is held that is good for a while. */
  get isOpen(): boolean {
    return this.#token !== undefined && this.#token.expiresAt - LEEWAY_MS > this.#parts.now();
  }

  /** Says how the page stands to its session. */
  get standing(): Standing {
    if (this.#isTaken) return "TAKEN";
    if (this.#lapse) return "LAPSED";
    return this.#token ? "OPEN" : "CLOSED";
  }

  /** Says why the session lapsed, where the server told. */
  get reason(): string | undefined {
    return this.#lapse?.reason;
  }

  /** Gives a good token, renewing it where it is missing or about to end; null when nobody is signed in. */
  async ensure(): Promise<string | null> {
    if (this.isOpen && this.#token) return this.#token.value;
    return this.renew(this.#token?.value);
  }

  /** Gives a good token if one was ever held by this page, of whom an earlier one was; never asks on behalf of a stranger. */
  async current(earlier?: string | null): Promise<string | null> {
    const token = this.#token || this.#lapse ? await this.ensure() : null;
    return earlier && token && personIn(token) !== personIn(earlier) ? null : token;
  }

  /** Replaces a token that the server no longer takes, unless its session is known to be over. All callers of a page share one renewal. */
  async renew(stale: string | undefined, reason?: string): Promise<string | null> {
    if (this.#isTaken || this.#isSigningOut || (stale !== undefined && this.standing === "CLOSED")) return null;
    if (this.#token && this.#token.value !== stale) return this.current(stale);
    if (!this.#token && this.#parts.now() < this.#quietUntil) return null;
    if (!this.#lapse) {
      this.#reason = reason ?? this.#reason;
      this.#renewal ??= this.#renewInTurn(stale).finally(() => {
        this.#renewal = undefined;
        this.#reason = undefined;
      });
      await this.#renewal;
    }
    await this.#lapse?.over;
    return this.#token?.value ?? null;
  }

  /** Takes the token of a sign-in, whoever signed in. */
  open(token: AccessToken): void {
    this.#person = undefined;
    this.#isTaken = false;
    this.#take(token);
    this.#parts.tell({ kind: "renewed", token });
  }

  /** Takes the token by which a session goes on; somebody else's takes the page from its person. */
  reopen(token: AccessToken): void {
    this.#take(token);
    this.#parts.tell({ kind: "renewed", token });
  }

  /** Forgets the token, here and in the other tabs. */
  end(): void {
    if (this.#token || this.#lapse) this.#parts.tell({ kind: "ended" });
    this.#forget();
  }

  /** Ends the session here and in the other tabs, then on the server by `tellServer`; meanwhile this tab asks for no other. */
  async signOut(tellServer: () => Promise<void>): Promise<void> {
    this.#isSigningOut = true;
    try {
      // Although this tab may never have held a token.
      this.#parts.tell({ kind: "ended" });
      this.#forget();
      await tellServer();
    } finally {
      this.#isSigningOut = false;
    }
  }

  /** Gives the page up, without a word to the other tabs. */
  leave(): void {
    this.#forget();
  }

  /** Takes in what another tab said. */
  hear(message: SessionMessage): void {
    if (this.#isTaken || this.#isSigningOut) return;
    if (message.kind === "renewed") this.#take(message.token);
    else if (message.kind === "lapsed" && this.#token) this.#lapseFor(message.reason);
    else if (message.kind === "ended") {
      this.#quietUntil = this.#parts.now() + QUIET_MS;
      this.#forget();
    }
  }

  /** Holds pages open that are somebody's, until the returned function is called: when the session ends, they are asked to sign in again. With the last of them goes whoever could answer. */
  keepPages(): () => void {
    this.#pages += 1;
    return () => {
      this.#pages -= 1;
      queueMicrotask(() => {
        // A frame that gives way to another has been followed by it.
        if (this.#pages === 0 && this.#lapse) this.#forget();
      });
    };
  }

  /** Calls back whenever the session ends for good; gives the way to stop that. */
  onEnd(listener: () => void): () => void {
    this.#onEnd.add(listener);
    return () => this.#onEnd.delete(listener);
  }

  /** Calls back whenever the page may stand otherwise to its session; gives the way to stop that. */
  onStanding(listener: () => void): () => void {
    this.#onStanding.add(listener);
    return () => this.#onStanding.delete(listener);
  }

  async #renewInTurn(stale: string | undefined): Promise<AccessToken | null> {
    const endings = this.#endings;
    return this.#parts.exclusively(async () => {
      // While this tab waited for its turn, another may have renewed or ended the session, and told.
      if (this.#lapse || this.#isTaken) return null;
      if (this.#token && this.#token.value !== stale) return this.#token;
      if (this.#endings !== endings) return null;
      const token = await this.#parts.refresh();
      // What came meanwhile is newer than this answer.
      if (this.standing === "TAKEN") return null;
      if (this.#endings !== endings || (this.#token && this.#token.value !== stale)) return this.#token ?? null;
      if (token) this.reopen(token);
      else if (this.#token && this.#pages > 0) {
        this.#lapseFor(this.#reason);
        this.#parts.tell({ kind: "lapsed", reason: this.#reason });
      } else this.end();
      return this.#token ?? null;
    });
  }

  #take(token: AccessToken): void {
    const person = personIn(token.value);
    if (this.#pages > 0 && this.#person !== undefined && person !== this.#person) {
      this.#isTaken = true;
      this.#token = undefined;
    } else {
      this.#person = person;
      this.#token = token;
    }
    this.#endLapse();
    this.#changed();
  }

  #lapseFor(reason: string | undefined): void {
    if (this.#pages === 0) {
      this.#forget();
      return;
    }
    this.#token = undefined;
    let settle: (() => void) | undefined;
    const over = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#lapse = { reason, over, settle: () => settle?.() };
    this.#changed();
  }

  #endLapse(): void {
    this.#lapse?.settle();
    this.#lapse = undefined;
  }

  #forget(): void {
    const wasOpen = this.#token !== undefined || this.#lapse !== undefined;
    this.#token = undefined;
    this.#isTaken = false;
    this.#endings += 1;
    this.#endLapse();
    if (wasOpen) for (const listener of this.#onEnd) listener();
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#onStanding) listener();
  }
}

/** Reads whose token it is (RFC 7519, `sub`); undefined where it cannot be read. */
function personIn(token: string): string | undefined {
  try {
    const claims = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    return (JSON.parse(atob(claims)) as { sub?: string }).sub;
  } catch {
    return undefined;
  }
}
