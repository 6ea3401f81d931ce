import { Skeleton } from "@/ui/primitives/skeleton";

/** Holds the place of a table that is loading, in its shape. */
export function DataTableSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div aria-busy="true" aria-label="Loading" role="status" className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
      <div className="h-10 border-b border-line bg-sunk" />
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-11 items-center gap-8 border-line px-5 not-last:border-b">
          <Skeleton className="h-3.5 w-28" />
          <Skeleton className="h-3.5 w-44 max-sm:hidden" />
          <Skeleton className="ml-auto h-3.5 w-20" />
        </div>
      ))}
    </div>
  );
}
