import { describe, expect, it, vi } from "vitest";
import { LiveLine, SILENCE_MS, type LineMessage, type LineParts, type News } from "./line";

const CHANGE = { topic: "projects", id: "1", project_id: "1" };
const changes = (id: string) => `id: ${id}\nevent: changes\ndata: ${JSON.stringify({ changes: [CHANGE] })}\n\n`;
const RESYNC: News = { kind: "resync" };

/** An answer that the test writes on; it breaks off where the page gives up. */
function stream(signal?: AbortSignal) {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
  signal?.addEventListener("abort", () => controller?.error(signal.reason));
  return {
    answer: new Response(body, { headers: { "Content-Type": "text/event-stream" } }),
    write: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
    end: () => controller?.close(),
  };
}

/** A browser whose tabs take turns, before a server that answers as it is told. */
function browser(parts: Partial<LineParts> = {}) {
  const places: (string | undefined)[] = [];
  const waits: number[] = [];
  const streams: ReturnType<typeof stream>[] = [];
  const tabs: { line: LiveLine; heard: News[] }[] = [];
  let turn: Promise<void> = Promise.resolve();
  let release: (() => void) | undefined;
  const common: Omit<LineParts, "tell"> = {
    open: (place, signal) => {
      places.push(place);
      const opened = stream(signal);
      streams.push(opened);
      return Promise.resolve(opened.answer);
    },
    inTurn: (work) => (turn = turn.then(work)),
    renewSession: () => Promise.resolve(true),
    wait: (milliseconds, signal) => {
      waits.push(milliseconds);
      return signal.aborted ? Promise.resolve() : new Promise((resolve) => (release = resolve));
    },
    random: () => 0.5,
    ...parts,
  };
  return {
    places,
    waits,
    /** Opens a tab, which listens when it is its turn. */
    tab() {
      const heard: News[] = [];
      const tell = (message: LineMessage) => tabs.filter((tab) => tab.line !== line).forEach((tab) => tab.line.hear(message));
      const line: LiveLine = new LiveLine({ ...common, tell }, (news) => void heard.push(news));
      tabs.push({ line, heard });
      void line.listen();
      return { line, heard };
    },
    /** Gives the stream that was opened last. */
    open: (count: number) => vi.waitFor(() => {
      expect(streams).toHaveLength(count);
      return streams.at(-1) ?? stream();
    }),
    waited: (count: number) => vi.waitFor(() => expect(waits).toHaveLength(count)),
    goOn: () => release?.(),
  };
}

describe("LiveLine", () => {
  it("asks for one stream, whatever the number of tabs, and tells all of them", async () => {
    const { tab, open, places } = browser();
    const tabs = [tab(), tab(), tab()];
    (await open(1)).write(changes("7"));
    await vi.waitFor(() => expect(tabs.map(({ heard }) => heard)).toEqual(tabs.map(() => [{ kind: "changes", changes: [CHANGE] }])));
    expect(places).toEqual([undefined]);
  });

  it("goes on in another tab where the one that listened was closed, also after what only moved it on", async () => {
    const { tab, open, places } = browser();
    const [first, second] = [tab(), tab()];
    const line = await open(1);
    line.write(changes("7"));
    line.write(": 12:00:00\nid: 9\n\n");
    await vi.waitFor(() => expect(second.heard).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve));
    first.line.close();
    await open(2);
    expect(places).toEqual([undefined, "9"]);
  });

  it("comes again from where it was, when the server says", async () => {
    const { tab, open, places, waits, waited, goOn } = browser();
    tab();
    const line = await open(1);
    line.write(`retry: 1000\n\n${changes("7")}retry: 4321\n\n`);
    line.end();
    await waited(1);
    expect(waits).toEqual([4321]);
    goOn();
    await open(2);
    expect(places).toEqual([undefined, "7"]);
  });

  it("waits longer after each failure, and begins anew after a success", async () => {
    let isThere = false;
    const opened = stream();
    const { tab, waits, waited, goOn } = browser({ open: () => (isThere ? Promise.resolve(opened.answer) : Promise.reject(new TypeError("offline"))) });
    tab();
    for (let count = 1; count <= 7; count++) {
      await waited(count);
      if (count === 7) isThere = true;
      goOn();
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    opened.write("retry: 1000\n\n");
    opened.end();
    await waited(8);
    expect(waits.at(-1)).toBe(1_000);
  });

  it("takes a line for dead on which even the signs of life are missing", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const waits: number[] = [];
      const line = new LiveLine(
        {
          open: (_, signal) => Promise.resolve(stream(signal).answer),
          inTurn: (work) => work(),
          tell: () => undefined,
          renewSession: () => Promise.resolve(true),
          wait: (milliseconds) => {
            waits.push(milliseconds);
            return new Promise(() => undefined);
          },
          random: () => 0.5,
        },
        () => undefined,
      );
      void line.listen();
      await vi.advanceTimersByTimeAsync(SILENCE_MS - 1);
      expect(waits).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(waits).toEqual([1_000]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("asks the server whether the session goes on, when the stream is ended with it", async () => {
    const renewSession = vi.fn(() => Promise.resolve(true));
    const { tab, open, waited } = browser({ renewSession });
    const { heard } = tab();
    (await open(1)).write('event: end\ndata: {"reason":"CHANGED"}\n\n');
    await waited(1);
    expect(renewSession).toHaveBeenCalledOnce();
    // A role that was changed shows other things.
    expect(heard).toEqual([RESYNC]);
  });

  it("leaves its place to a newer browser of the same person for a while", async () => {
    const renewSession = vi.fn(() => Promise.resolve(true));
    const { tab, open, waits, waited } = browser({ renewSession });
    tab();
    (await open(1)).write('event: end\ndata: {"reason":"REPLACED"}\n\n');
    await waited(1);
    expect(waits).toEqual([300_000]);
    expect(renewSession).not.toHaveBeenCalled();
  });

  it("looks by itself where there is no stream to be had, when the server says", async () => {
    const { tab, waits, waited } = browser({ open: () => Promise.resolve(new Response(null, { status: 503, headers: { "Retry-After": "30" } })) });
    const { heard } = tab();
    await waited(1);
    expect(heard).toEqual([RESYNC]);
    expect(waits).toEqual([45_000]);
  });

  it("comes no more where it may not listen", async () => {
    const open = vi.fn(() => Promise.resolve(new Response(null, { status: 401 })));
    const { tab, waited } = browser({ open });
    tab();
    await waited(1);
    expect(open).toHaveBeenCalledOnce();
  });
});
