export interface ToastMessage {
  id: number;
  title: string;
  description: string | undefined;
}

const SHOWN_MS = 5000;
const SHOWN_MAX = 3;

/** Holds the confirmations that are on the screen. */
export class ToastStore {
  #messages: readonly ToastMessage[] = [];
  #next = 1;
  readonly #listeners = new Set<() => void>();

  /** Shows a confirmation for five seconds. */
  add(title: string, description?: string): void {
    const id = this.#next++;
    this.#set([...this.#messages, { id, title, description }].slice(-SHOWN_MAX));
    setTimeout(() => this.remove(id), SHOWN_MS);
  }

  /** Takes one away. */
  remove(id: number): void {
    this.#set(this.#messages.filter((message) => message.id !== id));
  }

  readonly messages = (): readonly ToastMessage[] => this.#messages;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(messages: readonly ToastMessage[]): void {
    this.#messages = messages;
    for (const listener of this.#listeners) listener();
  }
}
