import type { ReactNode } from "react";
import type { EventDetail } from "./event-details";
import { answers, entry } from "./texts";

const COLOUR = /^#[0-9a-f]{6}$/i;

/** Tells one member: what it is, what it was and became, or that it came or went. */
export function ToldDetail({ detail: { was, text } }: { detail: EventDetail }) {
  if (was === undefined) return <Words>{text}</Words>;
  if (was === answers.none) return <Marked mark={entry.added}>{text}</Marked>;
  if (text === answers.none)
    return (
      <span className="text-ink-3">
        <Marked mark={entry.removed}>{was}</Marked>
      </span>
    );
  if ((was + text).includes("\n"))
    return (
      <span className="flex flex-col gap-2">
        <Side name={entry.before} isPast>
          {was}
        </Side>
        <Side name={entry.after}>{text}</Side>
      </span>
    );
  // What does not fit beside what was takes the next line, with its arrow.
  return (
    <span className="flex flex-wrap gap-x-1.5">
      <span className="text-ink-3">
        <Words>{was}</Words>
      </span>
      <span>
        <span className="text-ink-3">→ </span>
        <Words>{text}</Words>
      </span>
    </span>
  );
}

function Marked({ mark, children }: { mark: string; children: string }) {
  return (
    <>
      <Words>{children}</Words> <span className="text-sm whitespace-nowrap text-ink-3">({mark})</span>
    </>
  );
}

function Side({ name, isPast = false, children }: { name: string; isPast?: boolean; children: string }) {
  return (
    <span className="flex flex-col">
      <span className="text-sm text-ink-3">{name}</span>
      <span className={isPast ? "text-ink-3" : undefined}>
        <Words>{children}</Words>
      </span>
    </span>
  );
}

/** Writes a value as it was typed; a colour shows itself, too. */
function Words({ children }: { children: string }): ReactNode {
  return (
    <span className="whitespace-pre-wrap">
      {COLOUR.test(children) && <span aria-hidden="true" className="mr-1.5 inline-block size-3 rounded-full border border-line align-[-0.1em]" style={{ backgroundColor: children }} />}
      {children}
    </span>
  );
}
