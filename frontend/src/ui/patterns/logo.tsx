import { cx } from "@/ui/class-names";
import { product } from "./texts/pages";

/** Draws the lighthouse of the Cape: a tower, its gallery, and the light to both sides. */
function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" className={cx("size-6 shrink-0", className)}>
      <g className="stroke-accent" strokeWidth="1.6">
        <path d="M3 20.2h18" />
        <path d="M8.6 20.2 10 9.8h4l1.4 10.4" />
        <path d="M9.3 15.2h5.4" />
        <path d="M10.3 9.8V7.4a1.7 1.7 0 0 1 3.4 0v2.4" />
      </g>
      <g className="stroke-signal" strokeWidth="1.7">
        <path d="M12 3.8v-.6" />
        <path d="M7.6 5.4 4 4.2" />
        <path d="M16.4 5.4 20 4.2" />
      </g>
    </svg>
  );
}

/** Sets the mark beside the product's name. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={cx("inline-flex items-center gap-2 text-[0.9375rem] font-semibold tracking-[-0.011em] text-ink", className)}>
      <LogoMark />
      {product}
    </span>
  );
}
