import { failures } from "./texts/failures";

export interface FieldProblem {
  /** Where in the request's body, as a JSON pointer: "/line_items/0/quantity". */
  pointer: string;
  detail: string;
}

/** The body of a refusal, as RFC 9457 fixes it; one shape for every operation. */
interface ProblemBody {
  type?: string;
  title: string;
  status: number;
  detail?: string | null;
  instance?: string | null;
  errors?: FieldProblem[];
  allowed?: string[];
}

/** An earlier request with the same Idempotency-Key has no answer yet. */
const UNDER_WAY = "request/idempotency-key-in-use";

/** A refusal of the server (RFC 9457), or a network that did not answer (status 0). */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    /** The stable slug, such as "auth/invalid-credentials". */
    readonly slug: string,
    readonly title: string,
    readonly detail: string,
    readonly fields: readonly FieldProblem[] = [],
    readonly requestId?: string,
    /** The steps that the state would allow (409). */
    readonly allowed: readonly string[] = [],
    readonly retryAfterSeconds?: number,
  ) {
    super(detail || title);
  }

  /** Says whether trying the same again may help. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** Says whether the same was asked before and is under way. That tells nothing of the thing's state, unlike other 409s. */
  get isUnderWay(): boolean {
    return this.slug === UNDER_WAY;
  }
}

/** Makes one kind of error of whatever went wrong on the way to the server and back. */
export function toApiError(error: unknown, response?: Response): ApiError {
  if (error instanceof ApiError) return error;
  if (!response) {
    return new ApiError(0, "network", failures.network.title, failures.network.detail);
  }
  const requestId = response.headers.get("X-Request-ID") ?? undefined;
  const retryAfter = Number(response.headers.get("Retry-After")) || undefined;
  if (isProblem(error)) {
    return new ApiError(
      response.status,
      slugOf(error.type),
      error.title,
      error.detail ?? error.title,
      error.errors ?? [],
      requestId ?? error.instance ?? undefined,
      error.allowed ?? [],
      retryAfter,
    );
  }
  return new ApiError(response.status, "unknown", failures.unknown.title, failures.unknown.detail(response.status), [], requestId, [], retryAfter);
}

/** Says whether an error is the server's refusal of what was asked, with this status. */
export function isStatus(error: unknown, status: number): error is ApiError {
  return error instanceof ApiError && error.status === status && !error.isUnderWay;
}

function slugOf(type: string | undefined): string {
  return (type ?? "").replace(/^https?:\/\/[^/]+\/(?:problems\/)?/, "") || "unknown";
}

function isProblem(error: unknown): error is ProblemBody {
  return typeof error === "object" && error !== null && "title" in error && "status" in error;
}
