import { useSuspenseQuery } from "@tanstack/react-query";
import { getMeOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { MeOut as Me, Permission } from "@/api/generated";
import { writeAs } from "@/ui/patterns/formats";
import { isTimezone } from "@/ui/patterns/timezones";

/** How to ask who the caller is; fresh for a minute, since permissions rarely change. */
export function meOptions() {
  return { ...getMeOptions(), staleTime: 60_000 };
}

/** Gives the caller. Only below a route that asked for a session. */
export function useMe(): Me {
  return useSuspenseQuery(meOptions()).data;
}

/** Says whether the caller holds a permission, as the server told. Roles are never tested here. */
export function useCan(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}

/** Writes times from now on where the reader is: in their own time zone, or the browser's where they chose none that it knows. */
export function writeFor({ profile }: Pick<Me, "profile">): void {
  writeAs({ timezone: profile.timezone && isTimezone(profile.timezone) ? profile.timezone : undefined });
}
