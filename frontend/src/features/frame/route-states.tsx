import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { ApiError, isStatus } from "@/lib/problem";
import { noAccess } from "@/lib/session/texts";
import { DataTableSkeleton } from "@/ui/patterns/data-table-skeleton";
import { ErrorState, ForbiddenState } from "@/ui/patterns/error-state";
import { PageTitle } from "@/ui/patterns/page-title";
import { Page, Panel } from "@/ui/patterns/panel";
import { RichText } from "@/ui/patterns/rich-text";
import { TextLink } from "@/ui/primitives/link";
import { Skeleton } from "@/ui/primitives/skeleton";
import { NotFound, NotFoundPage } from "./not-found-page";
import { PlainFrame } from "./plain-frame";
import { notLoaded, pending } from "./texts/plain";

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
  if (isStatus(error, 404)) return <NotFoundPage />;
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
      <>
        <PageTitle title={noAccess} />
        <ForbiddenState heading="h1" />
      </>
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

/** Says that there is nothing at this address. */
export function RouteNotFound() {
  return (
    <Panel>
      <NotFound isSignedIn />
    </Panel>
  );
}
