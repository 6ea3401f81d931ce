import { useEffect, useState } from "react";
import { formatDate, formatExact, formatMoment, formatRelative } from "./relative-time-format";

/** Says how long ago, or how soon, keeps itself true, and tells the exact time in the reader's zone on hover. What lies ahead and is due reads "in a moment". */
export function RelativeTime({ at, isAhead = false }: { at: string; isAhead?: boolean }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const date = new Date(at);
  return (
    <time dateTime={at} title={formatExact(date)} className="tabular whitespace-nowrap">
      {formatRelative(date, now, isAhead)}
    </time>
  );
}

/** Says a day, in full where it is a fact of a document; the exact time is on hover. */
export function DateTime({ at, isFull = false }: { at: string; isFull?: boolean }) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={formatExact(date)} className="tabular whitespace-nowrap">
      {formatDate(date, { isFull })}
    </time>
  );
}

/** Says the second of what is read as evidence, and its zone unless the column's head does. */
export function Moment({ at, hasZone = true }: { at: string; hasZone?: boolean }) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={formatExact(date)} className="tabular whitespace-nowrap">
      {formatMoment(date, { hasZone })}
    </time>
  );
}
