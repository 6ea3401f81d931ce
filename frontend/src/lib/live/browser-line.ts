import { onlineManager } from "@tanstack/react-query";
import { createTransport } from "@/lib/http/transport";
import { session } from "@/lib/session";
import { LiveLine, type LineMessage, type News } from "./line";

const NAME = "capecontrol.live";

/** Listens for this page until it is told to stop, together with the browser's other tabs. */
export function listenForChanges(onNews: (news: News) => void): () => void {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(NAME) : undefined;
  const carry = createTransport(session);
  const line = new LiveLine(
    {
      open: (place, signal) => carry(`${window.location.origin}/api/live`, { signal, headers: { Accept: "text/event-stream", ...(place ? { "Last-Event-ID": place } : {}) } }),
      inTurn,
      tell: (message) => channel?.postMessage(message),
      renewSession: async (reason) => {
        const token = await session.current();
        return token !== null && (await session.renew(token, reason)) !== null;
      },
      wait,
      random: Math.random,
    },
    onNews,
  );
  channel?.addEventListener("message", (event: MessageEvent<LineMessage>) => line.hear(event.data));
  void line.listen();
  return () => {
    line.close();
    channel?.close();
  };
}

/** Works when no other tab does. Without locks, which exist in secure contexts only, each tab listens for itself. */
async function inTurn(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  if (!("locks" in navigator)) return work();
  try {
    await navigator.locks.request(NAME, { signal }, work);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = onlineManager.subscribe((isOnline) => {
      if (isOnline) over();
    });
    const timer = setTimeout(over, milliseconds);
    signal.addEventListener("abort", over, { once: true });
    function over() {
      clearTimeout(timer);
      stop();
      signal.removeEventListener("abort", over);
      resolve();
    }
    if (signal.aborted) over();
  });
}
