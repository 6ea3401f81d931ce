import { createFileRoute, Outlet } from "@tanstack/react-router";
import { PlainFrame } from "@/features/frame/plain-frame";
import { StartError } from "@/features/frame/route-states";
import { RegistrationDraftProvider } from "@/features/identity/registration-draft";

export const Route = createFileRoute("/register")({ errorComponent: StartError, component: Register });

function Register() {
  return (
    <PlainFrame>
      <RegistrationDraftProvider>
        <Outlet />
      </RegistrationDraftProvider>
    </PlainFrame>
  );
}
