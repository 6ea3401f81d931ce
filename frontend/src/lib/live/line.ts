import type { LiveChangeOut, LiveChangesEvent, LiveEndEvent } from "@/api/generated";
import { readStream, type StreamBlock } from "@/lib/stream";

/** What a page is told: which things changed, or that everything may have. */
export type News = { kind: "changes"; changes: readonly LiveChangeOut[] } | { kind: "resync" };
/** What the tab that listens tells the others, with the place at which another one would go on. */
export interface LineMessage {
  news?: News | undefined;
  place: string | undefined;
}

export interface LineParts {
  /** Asks for the stream, from a place on. Throws when the server cannot be reached. */
  open: (place: string | undefined, signal: AbortSignal) => Promise<Response>;
  /** Does work while no other tab does its own; never begins it when the signal comes first. */
  inTurn: (work: () => Promise<void>, signal: AbortSignal) => Promise<void>;
  /** Tells the other tabs; they hear through `hear`. */
  tell: (message: LineMessage) => void;
  /** Finds out whether the session goes on, after the server said that it does not. */
  renewSession: (reason: string | undefined) => Promise<boolean>;
  /** Waits, at most until there is a network again. */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Gives a number between 0 and 1. */
  random: () => number;
}

/** The server shows every 15 seconds that it lives. */
export const SILENCE_MS = 45_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Another browser of the same person took this one's place: to take it back at once would be to fight for it. */
const REPLACED_WAIT_MS = 5 * 60_000;

/**
 * One stream of changes for all tabs of a browser. A tab listens in its turn and tells the others; when it is closed,
 * the next one goes on from where it was.
 */
export class LiveLine {
  readonly #parts: LineParts;
  readonly #onNews: (news: News) => void;
  readonly #end = new AbortController();
  #place: string | undefined;

  constructor(parts: LineParts, onNews: (news: News) => void) {
    this.#parts = parts;
    this.#onNews = onNews;
  }

  /** Listens, as soon as it is this tab's turn, until `close`. */
  async listen(): Promise<void> {
    const { signal } = this.#end;
    await this.#parts.inTurn(async () => {
      for (let failures = 0; !signal.aborted; ) {
        const wait = await this.#follow();
        failures = wait === undefined ? failures + 1 : 0;
        await this.#parts.wait(wait ?? this.#waitAfter(failures), signal);
      }
    }, signal);
  }

  /** Takes in what another tab heard. */
  hear({ news, place }: LineMessage): void {
    this.#place = place;
    if (news) this.#onNews(news);
  }

  /** Listens no longer: another tab may. */
  close(): void {
    this.#end.abort();
  }

  /** Follows one stream to its end; gives how long to wait before the next one, nothing after a failure. */
  async #follow(): Promise<number | undefined> {
    const line = new AbortController();
    const signal = AbortSignal.any([this.#end.signal, line.signal]);
    let silence: ReturnType<typeof setTimeout> | undefined;
    const stirred = () => {
      clearTimeout(silence);
      silence = setTimeout(() => line.abort(), SILENCE_MS);
    };
    stirred();
    try {
      const answer = await this.#parts.open(this.#place, signal);
      if (!answer.ok || !answer.body) return this.#refused(answer);
      let wait: number | undefined;
      for await (const block of readStream(answer.body)) {
        stirred();
        wait = block.retry ?? wait;
        if (block.event === "end") return await this.#ended(block);
        this.#take(block);
      }
      return wait;
    } catch {
      // The network, a server that restarts, or the end of this page: the next try tells.
      return undefined;
    } finally {
      clearTimeout(silence);
      line.abort();
    }
  }

  #take(block: StreamBlock): void {
    this.#place = block.id ?? this.#place;
    const news = newsIn(block);
    if (news) this.#onNews(news);
    if (news ?? block.id) this.#parts.tell({ news, place: this.#place });
  }

  async #ended(block: StreamBlock): Promise<number> {
    const { reason } = JSON.parse(block.data ?? "{}") as Partial<LiveEndEvent>;
    if (reason === "REPLACED") return REPLACED_WAIT_MS;
    // Somebody else's from here on, or nobody's: the server says, and who is signed in no more is asked to by the session.
    if (await this.#parts.renewSession(reason)) this.#everything();
    return FIRST_WAIT_MS;
  }

  #refused(answer: Response): number | undefined {
    if (answer.status === 401 || answer.status === 403) {
      this.close();
      return FIRST_WAIT_MS;
    }
    const seconds = Number(answer.headers.get("Retry-After"));
    if (!seconds) return undefined;
    // There is no stream to be had: the page looks now and then by itself.
    this.#everything();
    return seconds * 1_000 * (1 + this.#parts.random());
  }

  #everything(): void {
    const news: News = { kind: "resync" };
    this.#onNews(news);
    this.#parts.tell({ news, place: this.#place });
  }

  #waitAfter(failures: number): number {
    return Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS) * (0.5 + this.#parts.random());
  }
}

function newsIn({ event, data }: StreamBlock): News | undefined {
  if (event === "resync") return { kind: "resync" };
  if (event !== "changes" || data === undefined) return undefined;
  return { kind: "changes", changes: (JSON.parse(data) as LiveChangesEvent).changes };
}
