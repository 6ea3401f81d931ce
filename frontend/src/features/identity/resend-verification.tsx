import { useState } from "react";
import { resendVerification } from "@/api/generated";
import { toApiError } from "@/lib/problem";
import { Button } from "@/ui/primitives/button";
import { useToast } from "@/ui/primitives/toast";
import { resending } from "./texts/verification";

/** Sends the verification link once more. The server answers the same for every address. Loaded where it is needed: few people need it. */
export default function ResendVerification({ email }: { email: string }) {
  const toast = useToast();
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  async function resend() {
    setSending(true);
    const { error } = await resendVerification({ body: { email } });
    setSending(false);
    setTrouble(error && toApiError(error).detail);
    if (!error) toast(resending.done.title, resending.done.hint(email));
  }
  return (
    <span className="block">
      <Button isBusy={isSending} onClick={() => void resend()}>
        {resending.verb}
      </Button>
      {trouble && (
        <span role="alert" className="mt-1 block text-sm text-bad">
          {resending.failed(trouble)}
        </span>
      )}
    </span>
  );
}
