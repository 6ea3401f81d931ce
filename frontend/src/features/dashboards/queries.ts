import { getDashboardOptions } from "@/api/generated/@tanstack/react-query.gen";

/** How to ask for the dashboard; it hears of almost all that it shows, and looks by itself for the rest: days that are over. */
export function dashboardOptions() {
  return { ...getDashboardOptions(), refetchInterval: 300_000 };
}
