import { cx } from "@/ui/class-names";

/** Holds the place of what is loading, in its shape. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx("block animate-pulse rounded-control bg-line", className ?? "h-4 w-full")} />;
}
