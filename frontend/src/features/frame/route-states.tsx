import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { ApiError, isStatus } from "@/lib/problem";
import { DataTableSkeleton } from "@/ui/patterns/data-table-skeleton";
import { ErrorState } from "@/ui/patterns/error-state";
import { PageTitle } from "@/ui/patterns/page-title";
import { Page, Panel } from "@/ui/patterns/panel";
import { RichText } from "@/ui/patterns/rich-text";
import { TextLink } from "@/ui/primitives/link";
import { Skeleton } from "@/ui/primitives/skeleton";
import { PlainFrame } from "./plain-frame";
import { notLoaded, pending } from "./texts/plain";

// The server has answered where these are needed: their files can be had, too. What says that nothing can be had is here.
const NoAccess = lazy(() => import("./no-access"));
const NotFoundInApp = lazy(() => import("./not-found-in-app"));
const NotFoundPage = lazy(() => import("./not-found-page"));

/** Stands in for a page while its first data are on the way. */
export function RoutePending() {
  return (
    <Page>
      <h1>
        <span className="sr-only">{pending}</span>
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
  if (isStatus(error, 404))
    return (
      <Suspense>
        <NotFoundPage />
      </Suspense>
    );
  return (
    <PlainFrame isWide>
      <Reason error={error} reset={reset} />
      <p className="border-t border-line pt-5 text-center text-sm text-ink-3">
        <RichText text={notLoaded.stuck} parts={{ home: (words) => <TextLink to="/">{words}</TextLink> }} />
      </p>
    </PlainFrame>
  );
}

function Reason({ error, reset }: Pick<ErrorComponentProps, "error" | "reset">) {
  const router = useRouter();
  if (isStatus(error, 403))
    return (
      <Suspense>
        <NoAccess />
      </Suspense>
    );
  return (
    <>
      <PageTitle title={notLoaded.title} />
      <ErrorState
        heading="h1"
        detail={error instanceof ApiError ? error.detail : notLoaded.own}
        requestId={error instanceof ApiError ? error.requestId : undefined}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </>
  );
}

/** Says within the app that there is nothing at this address. */
export function RouteNotFound() {
  return (
    <Suspense>
      <NotFoundInApp />
    </Suspense>
  );
}
