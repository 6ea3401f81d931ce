import { useState } from "react";
import { Button } from "@/ui/primitives/button";
import { useConfirm } from "@/ui/primitives/toast";

/** Sends the verification link once more. The server answers the same for every address. */
export function ResendVerification({ email }: { email: string }) {
  const confirm = useConfirm();
  const [isSending, setSending] = useState(false);
  async function resend() {
    setSending(true);
    const { resendVerification } = await import("@/api/generated");
    const { error } = await resendVerification({ body: { email } });
    setSending(false);
    confirm(error ? "It could not be sent; try again shortly" : "Sent again", `To ${email}`);
  }
  return (
    <Button isBusy={isSending} onClick={() => void resend()}>
      Send the link again
    </Button>
  );
}
