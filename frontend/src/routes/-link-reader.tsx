import type { MeOut } from "@/api/generated";
import SessionKeeper from "@/features/frame/session-keeper";
import { useLivePages } from "./-live-pages";

/** Runs beside a viewing link for whoever is signed in: the page follows what others do, and a session that ends is taken up again above it. */
export default function LinkReader({ me }: { me: MeOut }) {
  useLivePages(me);
  return <SessionKeeper />;
}
