import type { ReactNode } from "react";
import type { EventDetail } from "./event-details";
import { entry } from "./texts";

/** From here on what was and what is are read below each other: longer ones would break within the pair. */
const SHORT = 26;
const COLOUR = /^#[0-9a-f]{6}$/i;

/** Tells one member: what it is, or what it was and became. */
export function ToldDetail({ detail: { was, text } }: { detail: EventDetail }) {
  if (was === undefined) return <Words>{text}</Words>;
  if (was.length + text.length <= SHORT && !(was + text).includes("\n"))
    return (
      <>
        <span className="text-ink-3">
          <Words>{was}</Words> →
        </span>{" "}
        <Words>{text}</Words>
      </>
    );
  return (
    <span className="flex flex-col gap-2">
      <Side name={entry.before} isPast>
        {was}
      </Side>
      <Side name={entry.after}>{text}</Side>
    </span>
  );
}

function Side({ name, isPast = false, children }: { name: string; isPast?: boolean; children: string }) {
  return (
    <span className="flex flex-col">
      <span className="text-sm text-ink-3">{name}</span>
      <span className={isPast ? "text-ink-2" : undefined}>
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
