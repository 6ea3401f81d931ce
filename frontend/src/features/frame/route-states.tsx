import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { ApiError, isStatus } from "@/lib/problem";
import { SearchIcon } from "@/ui/icon";
import { DataTableSkeleton } from "@/ui/patterns/data-table-skeleton";
import { EmptyState } from "@/ui/patterns/empty-state";
import { ErrorState, ForbiddenState } from "@/ui/patterns/error-state";
import { NotFoundPage } from "@/ui/patterns/not-found-page";
import { Page, Panel } from "@/ui/patterns/panel";
import { ButtonLink, TextLink } from "@/ui/primitives/link";
import { Skeleton } from "@/ui/primitives/skeleton";
import { PlainFrame } from "./plain-frame";

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
  if (isStatus(error, 404)) return <RouteNotFound />;
  return (
    <Panel>
      <Reason error={error} reset={reset} />
    </Panel>
  );
}

/** Does the same where no frame is around the page yet: with the logo, and a way on. */
export function StartError({ error, reset }: ErrorComponentProps) {
  if (isStatus(error, 404)) return <NotFoundPage />;
  return (
    <PlainFrame isWide>
      <title>Not loaded · CapeControl</title>
      <Reason error={error} reset={reset} />
      <p className="border-t border-line pt-5 text-center text-sm text-ink-3">
        Still not working? <TextLink to="/">Go to the home page</TextLink>
      </p>
    </PlainFrame>
  );
}

function Reason({ error, reset }: Pick<ErrorComponentProps, "error" | "reset">) {
  const router = useRouter();
  if (isStatus(error, 403)) return <ForbiddenState heading="h1" />;
  return (
    <ErrorState
      heading="h1"
      detail={error instanceof ApiError ? error.detail : "This page ran into an error of its own. Try again; if it stays, tell support what you did."}
      requestId={error instanceof ApiError ? error.requestId : undefined}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}

/** Says that there is nothing at this address. */
export function RouteNotFound() {
  return (
    <Panel>
      <title>Not found · CapeControl</title>
      <EmptyState heading="h1" icon={SearchIcon} title="Page not found" action={<ButtonLink to="/dashboard">Go to the dashboard</ButtonLink>}>
        It may have moved, or you may not have access to it.
      </EmptyState>
    </Panel>
  );
}
