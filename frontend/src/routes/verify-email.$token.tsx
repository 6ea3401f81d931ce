import { createFileRoute } from "@tanstack/react-router";
import { PlainFrame } from "@/features/frame/plain-frame";
import { VerifyEmail } from "@/features/identity/verify-email";

export const Route = createFileRoute("/verify-email/$token")({ component: Verify });

function Verify() {
  const { token } = Route.useParams();
  return (
    <PlainFrame>
      <VerifyEmail token={token} />
    </PlainFrame>
  );
}
