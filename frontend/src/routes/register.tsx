import { createFileRoute, Outlet } from "@tanstack/react-router";
import { PlainFrame } from "@/features/frame/plain-frame";
import { RegistrationDraftProvider } from "@/features/identity/registration-draft";

export const Route = createFileRoute("/register")({ component: Register });

function Register() {
  return (
    <PlainFrame>
      <RegistrationDraftProvider>
        <Outlet />
      </RegistrationDraftProvider>
    </PlainFrame>
  );
}
