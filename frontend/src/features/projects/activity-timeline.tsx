import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ActivityOut } from "@/api/generated";
import { LoadError } from "@/lib/load-error";
import { useCan } from "@/lib/session/me";
import { ChangesIcon, CheckIcon, CloseIcon, ClockIcon, EditIcon, ForwardIcon, MoneyIcon, PlusIcon, ProposalIcon, SendIcon, WarningIcon, WorkflowIcon, type IconShape } from "@/ui/icon";
import { Card } from "@/ui/patterns/card";
import { EmptyState } from "@/ui/patterns/empty-state";
import { Timeline, type TimelineEntry } from "@/ui/patterns/timeline";
import { Segmented } from "@/ui/primitives/segmented";
import { Skeleton } from "@/ui/primitives/skeleton";
import { projectActivityOptions } from "./queries";

type Look = [IconShape, TimelineEntry["tone"]];
const LOOKS: Record<string, Look> = {
  "project.created": [PlusIcon, "neutral"],
  "project.updated": [EditIcon, "neutral"],
  "project.status_changed": [ForwardIcon, "neutral"],
  "proposal.sent": [SendIcon, "neutral"],
  "proposal.approved": [CheckIcon, "ok"],
  "proposal.changes_requested": [ChangesIcon, "warn"],
  "proposal.declined": [CloseIcon, "bad"],
  "proposal.expired": [ClockIcon, "warn"],
  "payment.received": [MoneyIcon, "ok"],
  "invoice.issued": [MoneyIcon, "neutral"],
  "invoice.paid": [MoneyIcon, "ok"],
  "workflow.failed": [WarningIcon, "bad"],
};

function lookOf(action: string): Look {
  const noun = action.split(".")[0];
  const fallback = noun === "workflow" || noun === "execution" ? WorkflowIcon : noun === "invoice" ? MoneyIcon : noun === "proposal" ? ProposalIcon : EditIcon;
  return LOOKS[action] ?? [fallback, action.endsWith("failed") ? "bad" : "neutral"];
}

function toEntry(event: ActivityOut): TimelineEntry {
  const [icon, tone] = lookOf(event.action);
  const detail = [event.detail, event.actor].filter(Boolean).join(" · ");
  return { id: event.id, at: event.at, icon, tone, title: event.title, detail: detail || undefined };
}

/** Tells what happened to a project; staff can look at it as the client does. */
export function ActivityTimeline({ projectId }: { projectId: string }) {
  const query = useQuery(projectActivityOptions(projectId));
  const isStaff = useCan("projects:update");
  const [view, setView] = useState<"all" | "client">("all");
  const events = query.data?.items.filter((event) => view === "all" || event.is_visible_to_client);
  return (
    <Card
      title="Timeline"
      aside={
        isStaff && (
          <Segmented
            label="Whose view"
            value={view}
            onChange={setView}
            options={[
              { value: "all", label: "All" },
              { value: "client", label: "What the client sees" },
            ]}
          />
        )
      }
    >
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : !events ? (
        <TimelineSkeleton />
      ) : events.length === 0 ? (
        <EmptyState title="Nothing yet">What happens to this project is told here, newest first.</EmptyState>
      ) : (
        <Timeline entries={events.map(toEntry)} />
      )}
    </Card>
  );
}

function TimelineSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-6">
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
