import { refreshSession } from "@/api/generated";
import { bareTransport } from "@/lib/http/bare-transport";
import { ApiError, isStatus } from "@/lib/problem";
import { takeEarlyRefresh } from "./early-refresh";
import { Session, type AccessToken, type SessionMessage } from "./session";
import { SESSION_LOCK } from "./session-lock";
import { markSignedIn } from "./signed-in-mark";

const channel = "BroadcastChannel" in window ? new BroadcastChannel(SESSION_LOCK) : undefined;

/** Reads how long a token lasts from the answer that brought it. */
export function accessToken(answer: { access_token: string; expires_in: number }): AccessToken {
  return { value: answer.access_token, expiresAt: Date.now() + answer.expires_in * 1000 };
}

async function refresh(): Promise<AccessToken | null> {
  const early = await takeEarlyRefresh(Date.now);
  if (early !== undefined) {
    markSignedIn(early !== null);
    return early;
  }
  try {
    const { data } = await refreshSession({ body: {}, fetch: bareTransport, throwOnError: true });
    markSignedIn(true);
    return accessToken(data);
  } catch (error) {
    if (isStatus(error, 401) || isStatus(error, 403)) {
      markSignedIn(false);
      return null;
    }
    throw error instanceof ApiError ? error : new Error("the session could not be renewed", { cause: error });
  }
}

/** The one session of this page. */
export const session = new Session({
  refresh,
  // Locks exist in secure contexts only; elsewhere the tabs fall back to telling each other.
  exclusively: (work) => ("locks" in navigator ? navigator.locks.request(SESSION_LOCK, work) : work()),
  tell: (message) => channel?.postMessage(message),
  now: Date.now,
});

channel?.addEventListener("message", ({ data }: MessageEvent<SessionMessage>) => {
  // What the other tab wrote beside it may be read here only later.
  if (data.kind === "ended") markSignedIn(false);
  session.hear(data);
});
