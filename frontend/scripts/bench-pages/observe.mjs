/** Notes paints and shifts from the first moment on (runs in the page, before its own scripts). */
export function observe() {
  const seen = { lcp: 0, windows: [], shifts: [] };
  window.benchSeen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      // Shifts are summed by windows, as the metric is defined: gaps below a second, five seconds at most.
      const current = seen.windows.at(-1);
      if (current && entry.startTime - current.last < 1000 && entry.startTime - current.first < 5000) Object.assign(current, { last: entry.startTime, sum: current.sum + entry.value });
      else seen.windows.push({ first: entry.startTime, last: entry.startTime, sum: entry.value });
      const moved = entry.sources.map(({ node, previousRect, currentRect }) => `${node?.nodeName ?? "gone"}.${(node?.className ?? "").toString().slice(0, 40)} ${previousRect.y}+${previousRect.height} → ${currentRect.y}+${currentRect.height}`);
      seen.shifts.push(`${entry.value.toFixed(3)} at ${entry.startTime.toFixed(0)} ms: ${moved.join("; ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Gives what was noted (runs in the page). */
export function paint() {
  const { lcp, windows, shifts } = window.benchSeen;
  return { lcp, cls: Math.max(0, ...windows.map(({ sum }) => sum)), shifts };
}
