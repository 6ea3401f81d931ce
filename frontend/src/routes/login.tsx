import { createFileRoute, redirect, useLocation, useRouter } from "@tanstack/react-router";
import { PlainFrame } from "@/features/frame/plain-frame";
import { StartError } from "@/features/frame/route-states";
import { LoginForm } from "@/features/identity/login-form";
import { optionalSession } from "@/lib/session/guards";
import { safeNext } from "@/lib/session/safe-next";

export const Route = createFileRoute("/login")({
  validateSearch: (search): { next?: string; ended?: true } => ({
    ...(typeof search.next === "string" ? { next: search.next } : {}),
    ...(search.ended === true ? { ended: true } : {}),
  }),
  beforeLoad: async (route) => {
    if (await optionalSession(route)) throw redirect({ href: safeNext(route.search.next) });
  },
  errorComponent: StartError,
  component: Login,
});

function Login() {
  const { next, ended } = Route.useSearch();
  const { email } = useLocation().state;
  const router = useRouter();
  return (
    <PlainFrame>
      <LoginForm hasEnded={ended} email={email} onDone={() => router.history.push(safeNext(next))} />
    </PlainFrame>
  );
}
