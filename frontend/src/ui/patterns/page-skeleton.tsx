import type { ReactNode } from "react";
import { cx } from "@/ui/class-names";
import { Skeleton } from "@/ui/primitives/skeleton";
import { Page, Panel } from "./panel";
import { loading } from "./texts/pages";
import { WithAside } from "./with-aside";

/**
 * How a page looks from afar. A dashboard begins with figures for staff and with what awaits the reader for a client; a record is a
 * timeline under steps and tabs; a sheet has its sums beside it.
 */
export type PageShape = "list" | "figures" | "needs" | "record" | "document" | "sheet" | "settings" | "guides";

const BODIES: Record<PageShape, () => ReactNode> = {
  list: () => (
    <>
      <div className="flex gap-2">
        <Skeleton className="control-height w-56 max-w-full" />
        <Skeleton className="control-height w-20" />
      </div>
      <Rows count={8} isTable />
    </>
  ),
  figures: () => (
    <>
      <div className="grid grid-cols-2 gap-4 max-sm:gap-3 lg:grid-cols-4">{times(4, <Skeleton className="h-[7.5rem] rounded-card" />)}</div>
      <Rows count={5} hasHead />
    </>
  ),
  needs: () => (
    <>
      <Rows count={3} hasHead />
      <Beside first={<Rows count={5} hasHead />} />
    </>
  ),
  record: () => (
    <>
      <Skeleton className="h-[2.625rem] rounded-card" />
      <div className="flex h-9 gap-6 border-b border-line">{times(4, <Skeleton className="h-4 w-16" />)}</div>
      <Beside first={<Rows count={4} hasHead isTimeline />} isAsideFirst />
    </>
  ),
  document: () => (
    <>
      <Skeleton className="h-14 rounded-card" />
      <div className="mx-auto w-full max-w-[50rem] rounded-card border border-t-4 border-line bg-surface p-16 shadow-card max-sm:p-5">
        <Skeleton className="h-8 w-4/5" />
        <div className="mt-6 mb-10 flex flex-col gap-3">{times(2, <Skeleton />)}</div>
        <Skeleton className="mb-10 h-20" />
        <div className="flex flex-col gap-6">{times(6, <Skeleton />)}</div>
      </div>
    </>
  ),
  sheet: () => <Beside first={<Rows count={6} />} />,
  settings: () => (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-[11rem_minmax(0,1fr)] lg:gap-8">
      <div className="flex gap-5 overflow-hidden max-lg:h-9 max-lg:border-b max-lg:border-line lg:flex-col lg:pt-2">{times(4, <Skeleton className="h-4 w-20" />)}</div>
      <div className="flex max-w-[46rem] flex-col gap-4">
        <Skeleton className="h-6 w-32" />
        <Skeleton className="h-4 w-80 max-w-full" />
        <Panel>
          <div className="flex flex-col gap-5 p-5">{times(5, <Skeleton className="h-14" />)}</div>
        </Panel>
      </div>
    </div>
  ),
  guides: () => (
    <>
      <Skeleton className="h-10 max-w-[40rem]" />
      <div className="grid gap-4 sm:grid-cols-2">{times(6, <Skeleton className="h-20 rounded-card" />)}</div>
    </>
  ),
};
/** Shapes whose title has links above it and facts below it, and an act beside it. */
const RECORDS: ReadonlySet<PageShape> = new Set(["record", "document", "sheet"]);

/** Holds the place of a page that is loading, in its shape. */
export function PageSkeleton({ shape }: { shape: PageShape }) {
  const isRecord = RECORDS.has(shape);
  const isDashboard = shape === "figures" || shape === "needs";
  return (
    <Page>
      <div className="flex flex-col gap-1.5">
        {isRecord && <Skeleton className="h-5 w-40" />}
        <h1>
          <span className="sr-only">{loading}</span>
          <Skeleton className="h-8 w-52" />
        </h1>
        {(isRecord || isDashboard) && <Skeleton className="h-6 w-44" />}
      </div>
      <BodySkeleton shape={shape} />
    </Page>
  );
}

/** Holds the place of what stands below the title of such a page. */
export function BodySkeleton({ shape, label = loading }: { shape: PageShape; label?: string }) {
  return (
    <div role="status" aria-busy="true" aria-label={label} data-shape={shape} className="flex flex-col gap-6 max-sm:gap-4">
      {BODIES[shape]()}
    </div>
  );
}

/** A card of rows: of a list, of what needs the reader, of what happened. */
function Rows({ count, hasHead = false, isTable = false, isTimeline = false }: { count: number; hasHead?: boolean; isTable?: boolean; isTimeline?: boolean }) {
  return (
    <Panel>
      {hasHead && (
        <div className="flex h-[3.25rem] items-center border-b border-line px-5 max-sm:px-4">
          <Skeleton className="h-4 w-32" />
        </div>
      )}
      {isTable && <div className="h-10 rounded-t-card border-b border-line bg-sunk max-sm:hidden" />}
      <div className={cx(!isTimeline && "divide-y divide-line")}>
        {times(
          count,
          <div className={cx("flex items-center gap-3 px-5 max-sm:px-4", isTable ? "h-11 max-sm:h-[4.4375rem]" : "h-16")}>
            {isTimeline && <Skeleton className="size-8 rounded-full" />}
            <Skeleton className="h-3.5 w-1/2" />
            <Skeleton className="ml-auto h-3.5 w-20" />
          </div>,
        )}
      </div>
    </Panel>
  );
}

function Beside({ first, isAsideFirst = false }: { first: ReactNode; isAsideFirst?: boolean }) {
  return (
    <WithAside isAsideFirst={isAsideFirst} aside={times(2, <Rows count={2} hasHead />)}>
      {first}
    </WithAside>
  );
}

function times(count: number, part: ReactNode): ReactNode[] {
  return Array.from({ length: count }, (_, index) => (
    <div key={index} className="min-w-0">
      {part}
    </div>
  ));
}
