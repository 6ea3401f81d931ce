export interface ToastMessage {
  id: number;
  title: string;
  description: string | undefined;
  undo: Undo | undefined;
}

/** Takes back what was done. */
export interface Undo {
  label: string;
  run: () => void;
}

const SHOWN_MS = 5000;
const SHOWN_MAX = 3;

interface Countdown {
  leftMs: number;
  since: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Holds the confirmations that are on the screen. Each goes after five seconds in which nobody was at them. */
export class ToastStore {
  #messages: readonly ToastMessage[] = [];
  #next = 1;
  readonly #countdowns = new Map<number, Countdown>();
  readonly #holds = new Set<"pointer" | "focus">();
  readonly #listeners = new Set<() => void>();

  /** Shows a confirmation. */
  add(title: string, description?: string, undo?: Undo): void {
    const id = this.#next++;
    this.#countdowns.set(id, { leftMs: SHOWN_MS, since: 0, timer: undefined });
    this.#set([...this.#messages, { id, title, description, undo }].slice(-SHOWN_MAX));
    this.#run(id);
  }

  /** Takes one away. */
  remove(id: number): void {
    this.#set(this.#messages.filter((message) => message.id !== id));
  }

  /** Stops the countdowns while the pointer or the focus is on a message: whoever reads decides when it goes. */
  hold(by: "pointer" | "focus"): void {
    this.#holds.add(by);
    for (const countdown of this.#countdowns.values()) {
      if (countdown.timer === undefined) continue;
      clearTimeout(countdown.timer);
      countdown.timer = undefined;
      countdown.leftMs -= Date.now() - countdown.since;
    }
  }

  /** Goes on counting, once neither pointer nor focus is there. */
  release(by: "pointer" | "focus"): void {
    this.#holds.delete(by);
    for (const id of this.#countdowns.keys()) this.#run(id);
  }

  readonly messages = (): readonly ToastMessage[] => this.#messages;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #run(id: number): void {
    const countdown = this.#countdowns.get(id);
    if (!countdown || countdown.timer !== undefined || this.#holds.size > 0) return;
    countdown.since = Date.now();
    countdown.timer = setTimeout(() => this.remove(id), countdown.leftMs);
  }

  #set(messages: readonly ToastMessage[]): void {
    this.#messages = messages;
    const shown = new Set(messages.map(({ id }) => id));
    for (const [id, { timer }] of this.#countdowns) {
      if (shown.has(id)) continue;
      clearTimeout(timer);
      this.#countdowns.delete(id);
    }
    // What is gone can no longer be pointed at, and tells nobody that the pointer or the focus left it.
    if (messages.length === 0) this.#holds.clear();
    for (const listener of this.#listeners) listener();
  }
}
