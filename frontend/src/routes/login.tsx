import { createFileRoute, redirect, useRouter } from "@tanstack/react-router";
import { PlainFrame } from "@/features/frame/plain-frame";
import { LoginForm } from "@/features/identity/login-form";
import { safeNext } from "@/lib/session/safe-next";

export const Route = createFileRoute("/login")({
  validateSearch: (search): { next?: string } => (typeof search.next === "string" ? { next: search.next } : {}),
  beforeLoad: async (route) => {
    const { optionalSession } = await import("@/lib/session/guards");
    if (await optionalSession(route)) throw redirect({ href: safeNext(route.search.next) });
  },
  component: Login,
});

function Login() {
  const { next } = Route.useSearch();
  const router = useRouter();
  return (
    <PlainFrame>
      <LoginForm onDone={() => router.history.push(safeNext(next))} />
    </PlainFrame>
  );
}
