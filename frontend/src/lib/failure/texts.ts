import { plural } from "@/ui/patterns/plural";

/** What is said of an act that the server could not do at once, in English. */
export const failure = {
  underWay: "Your request is still being processed",
  tooMany: "Too many requests",
  byItself: (seconds: number) => (seconds > 0 ? plural(seconds, { one: "Trying again in # second…", other: "Trying again in # seconds…" }) : "Trying again…"),
  byHand: (seconds: number) => {
    if (seconds === 0) return "You can try again now.";
    if (seconds < 60) return plural(seconds, { one: "You can try again in # second.", other: "You can try again in # seconds." });
    return plural(Math.ceil(seconds / 60), { one: "You can try again in # minute.", other: "You can try again in # minutes." });
  },
  requestId: "the request ID",
};
