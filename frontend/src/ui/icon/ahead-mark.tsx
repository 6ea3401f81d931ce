import type { SVGProps } from "react";

/** What is still to come: a hollow circle, which Heroicons lacks, of the size of its filled marks. */
export function AheadMark(props: SVGProps<SVGSVGElement>) {
  return (
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" {...props}>
      <circle cx="10" cy="10" r="7.25" />
    </svg>
  );
}
