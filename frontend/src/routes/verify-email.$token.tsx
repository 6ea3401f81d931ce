import { createFileRoute } from "@tanstack/react-router";
import { PlainFrame } from "@/features/frame/plain-frame";
import { StartError } from "@/features/frame/route-states";
import { VerifyEmail } from "@/features/identity/verify-email";

export const Route = createFileRoute("/verify-email/$token")({ errorComponent: StartError, component: Verify });

function Verify() {
  const { token } = Route.useParams();
  return (
    <PlainFrame>
      <VerifyEmail token={token} />
    </PlainFrame>
  );
}
