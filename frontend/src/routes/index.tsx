import { createFileRoute, redirect } from "@tanstack/react-router";

// The front door is a page of the server's, without the application.
export const Route = createFileRoute("/")({
  beforeLoad: () => {
    throw redirect({ href: "/", reloadDocument: true });
  },
});
