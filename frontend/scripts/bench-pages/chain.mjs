/**
 * Gives the longest chain of requests that the first full picture waited for: those answered before it. A file waits
 * for the one that named it; a call of the API for the script that makes it, and for every call that was answered
 * before it began, since which of them it needed cannot be seen from outside.
 */
export function chainOf(requests, lcp) {
  const before = requests.filter(({ endedMs }) => endedMs <= lcp);
  const chains = new Map();
  for (const request of before) {
    const named = before.find(({ url, startedAt }) => url === request.by && startedAt < request.startedAt);
    const answered = isCall(request) ? before.filter((other) => isCall(other) && other.endedAt <= request.startedAt) : [];
    const roots = [named, ...answered].flatMap((cause) => (cause && chains.has(cause) ? [chains.get(cause)] : []));
    const longest = roots.reduce((one, other) => (other.length > one.length ? other : one), []);
    chains.set(request, [...longest, request]);
  }
  return [...chains.values()].reduce((one, other) => (other.length > one.length ? other : one), []);
}

function isCall({ url }) {
  return new URL(url).pathname.startsWith("/api/");
}
