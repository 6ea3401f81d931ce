import { plural } from "@/ui/patterns/plural";

/** How many failures the server counts at most. */
const COUNTED = 100;

/** What is said of how a workflow runs, in English. */
export const lastRun = {
  title: "Last run",
  none: "No runs yet",
  failures: (count: number) => plural(count, { one: "# failed in the last 7 days", other: count < COUNTED ? "# failed in the last 7 days" : "# or more failed in the last 7 days" }),
};
