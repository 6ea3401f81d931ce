import { toApiError } from "@/lib/problem";
import { ErrorState, ForbiddenState } from "@/ui/patterns/error-state";

/** Shows why a list or panel could not be loaded: a role too low, or a failure that may pass. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const trouble = toApiError(error);
  if (trouble.status === 403) return <ForbiddenState />;
  return <ErrorState detail={trouble.detail} requestId={trouble.requestId} onRetry={onRetry} />;
}
