import { getDashboardOptions } from "@/api/generated/@tanstack/react-query.gen";

/** How to ask for the dashboard; it keeps itself fresh while it is looked at. */
export function dashboardOptions() {
  return { ...getDashboardOptions(), refetchInterval: 60_000 };
}
