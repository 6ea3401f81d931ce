import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ActivityOut } from "@/api/generated";
import { activityLook } from "@/lib/activity-look";
import { LoadError } from "@/lib/load-error";
import { toApiError } from "@/lib/problem";
import { useCan } from "@/lib/session/me";
import { Card } from "@/ui/patterns/card";
import { EmptyState } from "@/ui/patterns/empty-state";
import { formatMoney } from "@/ui/patterns/money-format";
import { Timeline, type TimelineEntry } from "@/ui/patterns/timeline";
import { Button } from "@/ui/primitives/button";
import { PathLink } from "@/ui/primitives/path-link";
import { Segmented } from "@/ui/primitives/segmented";
import { Skeleton } from "@/ui/primitives/skeleton";
import { projectActivityOptions, type TimelineView } from "./queries";
import { timeline } from "./texts";

function toEntry(event: ActivityOut): TimelineEntry {
  const detail = [event.amount && formatMoney(event.amount), event.detail, event.actor].filter(Boolean).join(" · ");
  return { id: event.id, at: event.at, ...activityLook(event), title: event.link ? <PathLink href={event.link}>{event.title}</PathLink> : event.title, detail: detail || undefined };
}

/** Shows what happened to a project; staff can look at it as the client does. */
export function ActivityTimeline({ projectId }: { projectId: string }) {
  const isStaff = useCan("projects:update");
  const [view, setView] = useState<TimelineView>("all");
  const query = useInfiniteQuery(projectActivityOptions(projectId, view));
  const events = query.data?.pages.flatMap((page) => page.items);
  return (
    <Card
      title={timeline.title}
      aside={
        isStaff && (
          <Segmented
            label={timeline.view}
            value={view}
            onChange={setView}
            options={[
              { value: "all", label: timeline.all },
              { value: "client", label: timeline.client },
            ]}
          />
        )
      }
    >
      {query.isError && !events ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : !events ? (
        <TimelineSkeleton />
      ) : events.length === 0 ? (
        <EmptyState title={timeline.empty.title}>{timeline.empty.hint}</EmptyState>
      ) : (
        <>
          <Timeline entries={events.map(toEntry)} />
          {query.hasNextPage && (
            <div className="mt-6 flex flex-col items-center gap-2">
              <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {timeline.older}
              </Button>
              {query.isFetchNextPageError && (
                <p role="alert" className="text-sm text-bad">
                  {toApiError(query.error).detail}
                </p>
              )}
            </div>
          )}
        </>
      )}
    </Card>
  );
}

function TimelineSkeleton() {
  return (
    <div role="status" aria-label={timeline.loading} className="flex flex-col gap-6">
      {[1, 2, 3].map((row) => (
        <div key={row} className="flex gap-3">
          <Skeleton className="size-8 rounded-full" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-4 w-56 max-w-full" />
            <Skeleton className="h-3 w-36" />
          </div>
        </div>
      ))}
    </div>
  );
}
