import { createFileRoute, redirect } from "@tanstack/react-router";
import { StartError } from "@/features/frame/route-states";

export const Route = createFileRoute("/logout")({
  // Where somebody else goes on who signs in next.
  validateSearch: (search): { next?: string } => (typeof search.next === "string" ? { next: search.next } : {}),
  beforeLoad: async ({ context, preload, search }) => {
    // Hovering a link must not end a session.
    if (preload) return;
    const { signOut } = await import("@/features/identity/sign-out");
    try {
      await signOut(context.queryClient);
    } catch {
      // The server could not be told: the sign-in says so, and nobody goes on before it is.
    }
    throw redirect({ to: "/login", search });
  },
  errorComponent: StartError,
});
