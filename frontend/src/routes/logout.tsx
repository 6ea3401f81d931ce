import { createFileRoute, redirect } from "@tanstack/react-router";

export const Route = createFileRoute("/logout")({
  beforeLoad: async ({ context, preload }) => {
    // Hovering a link must not end a session.
    if (preload) return;
    const { signOut } = await import("@/features/identity/sign-in");
    try {
      await signOut(context.queryClient);
    } catch {
      // The server could not be told; here the session is over all the same.
    }
    throw redirect({ to: "/login" });
  },
});
