const SIGNED_IN = "capecontrol.signed-in";
const LEAVING = "capecontrol.leaving";

/** Remembers, without any secret, that this browser has a session: public pages then need not ask the server. */
export function markSignedIn(isSignedIn: boolean): void {
  mark(SIGNED_IN, isSignedIn);
}

/** Says whether this browser probably has a session. */
export function isProbablySignedIn(): boolean {
  return isMarked(SIGNED_IN);
}

/** Remembers that somebody signed out and the server has not confirmed it: until it has, their cookie is not used. */
export function markLeaving(isLeaving: boolean): void {
  mark(LEAVING, isLeaving);
}

/** Says whether the server has yet to confirm that somebody signed out. */
export function isLeaving(): boolean {
  return isMarked(LEAVING);
}

function mark(key: string, isSet: boolean): void {
  try {
    if (isSet) localStorage.setItem(key, "yes");
    else localStorage.removeItem(key);
  } catch {
    // Storage may be closed to us; public pages then simply offer to sign in.
  }
}

function isMarked(key: string): boolean {
  try {
    return localStorage.getItem(key) === "yes";
  } catch {
    return false;
  }
}
