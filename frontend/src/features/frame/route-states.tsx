import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { ApiError, isStatus } from "@/lib/problem";
import { SearchIcon } from "@/ui/icon";
import { DataTableSkeleton } from "@/ui/patterns/data-table-skeleton";
import { EmptyState } from "@/ui/patterns/empty-state";
import { ErrorState, ForbiddenState } from "@/ui/patterns/error-state";
import { Page, Panel } from "@/ui/patterns/panel";
import { ButtonLink } from "@/ui/primitives/link";
import { Skeleton } from "@/ui/primitives/skeleton";

/** Stands in for a page while its first data are on the way. */
export function RoutePending() {
  return (
    <Page>
      <h1>
        <span className="sr-only">Loading</span>
        <Skeleton className="h-7 w-52" />
      </h1>
      <DataTableSkeleton />
    </Page>
  );
}

/** Stands in for a page that could not be made, and says which of the three reasons it was. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  if (isStatus(error, 404)) return <RouteNotFound />;
  function retry() {
    reset();
    void router.invalidate();
  }
  return (
    <Panel>
      {isStatus(error, 403) ? (
        <ForbiddenState heading="h1" />
      ) : (
        <ErrorState
          heading="h1"
          detail={error instanceof ApiError ? error.detail : "This page ran into an error of its own. Try again; if it stays, tell support what you did."}
          requestId={error instanceof ApiError ? error.requestId : undefined}
          onRetry={retry}
        />
      )}
    </Panel>
  );
}

/** Says that there is nothing at this address. */
export function RouteNotFound() {
  return (
    <Panel>
      <title>Not found · CapeControl</title>
      <EmptyState heading="h1" icon={SearchIcon} title="There is nothing here" action={<ButtonLink to="/dashboard">Go to the dashboard</ButtonLink>}>
        The address is wrong, or you have no access to what is there.
      </EmptyState>
    </Panel>
  );
}
