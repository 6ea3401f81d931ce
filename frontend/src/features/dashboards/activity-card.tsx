import { Fragment } from "react";

import type { RecentActivity } from "@/api/generated";
import { Card } from "@/ui/patterns/card";
import { EmptyState } from "@/ui/patterns/empty-state";
import { Money } from "@/ui/patterns/money";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { PathLink } from "@/ui/primitives/path-link";
import { activity } from "./texts";

/** Tells what happened, newest first. */
export function ActivityCard({ activities }: { activities: readonly RecentActivity[] }) {
  return (
    <Card title={activity.title} isFlush>
      {activities.length === 0 ? (
        <EmptyState title={activity.empty.title}>{activity.empty.hint}</EmptyState>
      ) : (
        <ul className="@container divide-y divide-line">
          {activities.map((event) => (
            <li key={event.id} className="relative grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 px-5 py-2.5 max-sm:px-4 @4xl:grid-cols-[minmax(0,4fr)_minmax(0,5fr)_minmax(0,3fr)_6rem]">
              <span className="min-w-0 font-medium break-words">
                {event.link ? (
                  <PathLink href={event.link} className="text-ink no-underline after:absolute after:inset-0 hover:underline">
                    {event.title}
                  </PathLink>
                ) : (
                  event.title
                )}
              </span>
              <span className="min-w-0 break-words text-ink-3 @max-4xl:order-2 @max-4xl:col-span-2 @max-4xl:empty:hidden"><About event={event} /></span>
              <span className="min-w-0 break-words @max-4xl:order-3 @max-4xl:col-span-2 @max-4xl:empty:hidden @max-4xl:text-sm @max-4xl:text-ink-2">{whose(event)}</span>
              <span className="text-right text-ink-3 @max-4xl:order-1 @max-4xl:text-sm">
                <RelativeTime at={event.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Tells of which project it is, and what else is worth knowing: an amount, a comment. */
function About({ event: { amount, detail, project_title: project } }: { event: RecentActivity }) {
  // A project that was created has its title as the detail.
  const more = detail === project ? null : detail;
  const parts = [project, amount && <Money key="amount" value={amount} />, more].filter(Boolean);
  return parts.map((part, place) => (
    <Fragment key={place}>
      {place > 0 && " · "}
      {part}
    </Fragment>
  ));
}

/** Tells whom an act concerns, where the reader has several clients, and who did it. */
function whose({ actor, organization }: RecentActivity): string {
  if (!organization) return actor ?? "";
  return actor ? activity.by(organization.name, actor) : organization.name;
}
