import type { ApiError } from "@/lib/problem";
import { failure as texts } from "./texts";

/** Gives the sentence of a failure. Where the time to wait is counted below it, the server's own sentence would say it again, and soon wrongly. */
export function headline(failure: ApiError): string {
  if (failure.isUnderWay) return texts.underWay;
  if (failure.retryAfterSeconds === undefined) return failure.detail;
  return failure.slug === "rate-limited" ? texts.tooMany : failure.title;
}
