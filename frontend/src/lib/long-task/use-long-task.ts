import { useEffect, useRef, useState } from "react";
import { runBounded } from "./run-bounded";

/** An act on many things, one after the other. */
export interface LongTask<Item> {
  items: readonly Item[];
  /** What is going on: "Archiving 12 projects". */
  doing: (count: number) => string;
  /** What came of it: "12 projects archived". */
  done: (count: number) => string;
  nameOf: (item: Item) => string;
  work: (item: Item) => Promise<unknown>;
  /** Asks again for what the act has changed. */
  onEnd: (items: readonly Item[]) => Promise<void>;
}

export interface Failure<Item> {
  item: Item;
  reason: string;
}

export interface LongTaskState<Item> {
  task: LongTask<Item>;
  phase: "running" | "stopping" | "ended";
  succeeded: number;
  failures: readonly Failure<Item>[];
}

/** Runs an act on many things and keeps how far it is; it stops with the page. */
export function useLongTask<Item>() {
  const [state, setState] = useState<LongTaskState<Item>>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  async function start(task: LongTask<Item>): Promise<void> {
    const controller = new AbortController();
    stop.current = controller;
    const touched: Item[] = [];
    setState({ task, phase: "running", succeeded: 0, failures: [] });
    await runBounded(
      task.items,
      task.work,
      (item, error) => {
        touched.push(item);
        setState((now) => now && (error ? { ...now, failures: [...now.failures, { item, reason: error.detail }] } : { ...now, succeeded: now.succeeded + 1 }));
      },
      controller.signal,
    );
    await task.onEnd(touched);
    setState((now) => now && { ...now, phase: "ended" });
  }

  return {
    state,
    isRunning: state !== undefined && state.phase !== "ended",
    start: (task: LongTask<Item>) => void start(task),
    cancel: () => {
      stop.current?.abort();
      setState((now) => now && { ...now, phase: "stopping" });
    },
    retry: () => {
      if (state) void start({ ...state.task, items: state.failures.map(({ item }) => item) });
    },
    dismiss: () => setState(undefined),
  };
}
