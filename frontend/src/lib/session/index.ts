import { logout, refreshSession } from "@/api/generated";
import { bareTransport } from "@/lib/http/bare-transport";
import { ApiError, isStatus } from "@/lib/problem";
import { takeEarlyRefresh } from "./early-refresh";
import { Session, type AccessToken, type SessionMessage } from "./session";
import { SESSION_LOCK } from "./session-lock";
import { isLeaving, markLeaving, markSignedIn } from "./signed-in-mark";

const channel = "BroadcastChannel" in window ? new BroadcastChannel(SESSION_LOCK) : undefined;

/** Reads how long a token lasts from the answer that brought it. */
export function accessToken(answer: { access_token: string; expires_in: number }): AccessToken {
  return { value: answer.access_token, expiresAt: Date.now() + answer.expires_in * 1000 };
}

async function refresh(): Promise<AccessToken | null> {
  if (isLeaving()) {
    await tellSignedOut();
    return null;
  }
  const early = await takeEarlyRefresh(Date.now);
  if (early !== undefined) {
    if (early === null) markSignedIn(false);
    return early;
  }
  try {
    const { data } = await refreshSession({ body: {}, fetch: bareTransport, throwOnError: true });
    return accessToken(data);
  } catch (error) {
    if (isStatus(error, 401) || isStatus(error, 403)) {
      markSignedIn(false);
      return null;
    }
    throw error instanceof ApiError ? error : new Error("the session could not be renewed", { cause: error });
  }
}

/** Has the server end the session of the cookie. Throws when it cannot be told. */
export async function tellSignedOut(): Promise<void> {
  await logout({ body: {}, fetch: bareTransport, keepalive: true, throwOnError: true });
  markLeaving(false);
}

/** The one session of this page. */
export const session = new Session({
  refresh,
  // Locks exist in secure contexts only; elsewhere the tabs fall back to telling each other.
  exclusively: (work) => ("locks" in navigator ? navigator.locks.request(SESSION_LOCK, work) : work()),
  tell: (message) => {
    // Not where the answer comes: what was renewed after the end of the session is no session any more.
    if (message.kind === "renewed") markSignedIn(true);
    channel?.postMessage(message);
  },
  now: Date.now,
});

channel?.addEventListener("message", ({ data }: MessageEvent<SessionMessage>) => {
  // What the other tab wrote beside it may be read here only later.
  if (data.kind !== "lapsed") markSignedIn(data.kind === "renewed");
  session.hear(data);
});
