const KEY = "capecontrol.signed-in";

/** Remembers, without any secret, that this browser has a session: public pages then need not ask the server. */
export function markSignedIn(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(KEY, "yes");
    else localStorage.removeItem(KEY);
  } catch {
    // Storage may be closed to us; public pages then simply offer to sign in.
  }
}

/** Says whether this browser probably has a session. */
export function isProbablySignedIn(): boolean {
  try {
    return localStorage.getItem(KEY) === "yes";
  } catch {
    return false;
  }
}
