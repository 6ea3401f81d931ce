import { useMutation } from "@tanstack/react-query";
import { toApiError } from "@/lib/problem";
import { Button } from "@/ui/primitives/button";
import { useToast } from "@/ui/primitives/toast";

/** Sends the verification link once more. The server answers the same for every address. */
export function ResendVerification({ email }: { email: string }) {
  const toast = useToast();
  const resend = useMutation({
    mutationFn: async () => {
      const { resendVerification } = await import("@/api/generated");
      await resendVerification({ body: { email }, throwOnError: true });
    },
    onSuccess: () => toast("Sent again", `To ${email}`),
  });
  return (
    <span className="flex flex-col items-start gap-1">
      <Button isBusy={resend.isPending} onClick={() => resend.mutate()}>
        Send the link again
      </Button>
      {resend.error && (
        <span role="alert" className="text-sm text-bad">
          It could not be sent. {toApiError(resend.error).detail}
        </span>
      )}
    </span>
  );
}
