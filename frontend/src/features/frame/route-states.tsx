import { useMatches, useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { getHealth } from "@/api/generated";
import { isConsole } from "@/lib/face-mark";
import { RetrySoon } from "@/lib/failure/retry-soon";
import { ApiError, isStatus } from "@/lib/problem";
import { ErrorState } from "@/ui/patterns/error-state";
import { PageTitle } from "@/ui/patterns/page-title";
import { PageSkeleton } from "@/ui/patterns/page-skeleton";
import { Panel } from "@/ui/patterns/panel";
import { RichText } from "@/ui/patterns/rich-text";
import { TextLink } from "@/ui/primitives/link";
import { Spinner } from "@/ui/primitives/spinner";
import { PlainFrame } from "./plain-frame";
import { notLoaded, pending } from "./texts/plain";

// The server has answered where these are needed: their files can be had, too. What says that nothing can be had is here.
const NoAccess = lazy(() => import("./no-access"));
const NotFoundInApp = lazy(() => import("./not-found-in-app"));
const NotFoundPage = lazy(() => import("./not-found-page"));

/** How Chromium, Firefox, Safari and the build tell that a file of the page could not be had. */
const PART_MISSING = /dynamically imported module|Importing a module script failed|Unable to preload/i;

/** Stands in for a page while its first data are on the way: in the app in its shape, before it with a turning circle. */
export function RoutePending() {
  const isInApp = useMatches({ select: (matches) => matches.some(({ routeId }) => routeId === "/_app") });
  if (isInApp) return <ShapePending />;
  return (
    <div role="status" aria-busy="true" aria-label={pending} className="grid min-h-dvh place-items-center text-accent in-[main]:min-h-0 in-[main]:py-10">
      <Spinner className="size-6" />
    </div>
  );
}

/** Stands in for a page of the app, in the shape that its route names. */
export function ShapePending() {
  const shape = useMatches({ select: (matches) => matches.at(-1)?.staticData.shape }) ?? "list";
  // Whose dashboard it will be is known for sure only with the reader.
  return <PageSkeleton shape={shape === "dashboard" ? (isConsole() ? "figures" : "needs") : shape} />;
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
  function retry() {
    reset();
    void router.invalidate();
  }
  if (!(error instanceof ApiError)) return <OwnFailure error={error} />;
  return (
    <>
      <PageTitle title={notLoaded.title} />
      <ErrorState heading="h1" detail={error.detail} requestId={error.requestId} onRetry={retry}>
        {error.isPassing && <RetrySoon seconds={error.retryAfterSeconds} onRetry={retry} />}
      </ErrorState>
    </>
  );
}

/**
 * Says that a page failed by itself, or that a part of it could not be had. The browser forgets neither, so that only the
 * whole page anew helps; it is loaded when there is a server to load it from, since the browser's own failure page leads nowhere.
 */
function OwnFailure({ error }: { error: unknown }) {
  const isPartMissing = error instanceof Error && PART_MISSING.test(error.message);
  const [tries, setTries] = useState(0);
  async function reload() {
    try {
      await getHealth({ throwOnError: true });
      window.location.reload();
    } catch {
      setTries((count) => count + 1);
    }
  }
  return (
    <>
      <PageTitle title={notLoaded.title} />
      <ErrorState heading="h1" detail={isPartMissing ? notLoaded.part : notLoaded.own} onRetry={() => void reload()}>
        {isPartMissing && <RetrySoon key={tries} onRetry={() => void reload()} />}
      </ErrorState>
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
