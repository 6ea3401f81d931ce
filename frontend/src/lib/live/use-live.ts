import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { LiveChangeOut, Topic } from "@/api/generated";
import { askAgain, type ReadKey } from "@/lib/refresh";
import { session } from "@/lib/session";
import { listenForChanges } from "./browser-line";
import type { News } from "./line";

/** Names what shows a thing that changed. */
export type Reads = (change: Pick<LiveChangeOut, "id" | "project_id">) => readonly ReadKey[];
/** What shows the things of some topics; each feature names its own, for the stream and for what is done on its pages. */
export type TopicReads = Partial<Record<Topic, Reads>>;

/** What comes within this time is asked for once. */
const BURST_MS = 200;

/** Keeps what is on the pages as it is at the server, while the app is open; what nobody looks at waits until somebody does. */
export function useLive(reads: Record<Topic, Reads>): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const gathered = new Gathered((keys) => void askAgain(queryClient, keys));
    const stop = listenForChanges((news) => gathered.add(news, reads));
    return () => {
      stop();
      gathered.close();
    };
  }, [queryClient, reads]);
}

/** What changed and was not asked for yet. */
class Gathered {
  readonly #ask: (keys: readonly ReadKey[] | "everything") => void;
  readonly #keys = new Map<string, ReadKey>();
  #isEverything = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: (keys: readonly ReadKey[] | "everything") => void) {
    this.#ask = ask;
    document.addEventListener("visibilitychange", this.#flush);
  }

  add(news: News, reads: Record<string, Reads>): void {
    if (news.kind === "resync") this.#isEverything = true;
    // A topic of a later release shows nowhere here.
    else for (const change of news.changes) for (const key of reads[change.topic]?.(change) ?? []) this.#keys.set(JSON.stringify(key), key);
    this.#timer ??= setTimeout(this.#flush, BURST_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#flush);
  }

  #flush = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // Who has just signed out is shown nothing new, though the page is there until the next one is.
    if (document.hidden || session.standing === "CLOSED") return;
    if (this.#isEverything) this.#ask("everything");
    else if (this.#keys.size > 0) this.#ask([...this.#keys.values()]);
    this.#isEverything = false;
    this.#keys.clear();
  };
}
