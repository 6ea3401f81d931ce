import { schedule } from "./texts";

/** Writes a length of time: "0.4 s", "45 s", "12 min", "3 h", "2 days". */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

const PERIODS: ReadonlyMap<number, string> = new Map([
  [60, schedule.everyMinute],
  [3600, schedule.everyHour],
  [86_400, schedule.everyDay],
]);

/** Writes how often something comes: "Every minute", "Every 5 min", "Every hour", "Every day". */
export function formatPeriod(seconds: number): string {
  return PERIODS.get(seconds) ?? schedule.everySo(formatSeconds(seconds));
}
