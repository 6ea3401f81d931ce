import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { verifyEmail } from "@/api/generated";
import { isStatus, toApiError } from "@/lib/problem";
import { DoneMark } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { ErrorState } from "@/ui/patterns/error-state";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { ButtonLink } from "@/ui/primitives/link";
import { Spinner } from "@/ui/primitives/spinner";

// One use only: React may mount a page twice, and the second call would find the token used.
const asked = new Set<string>();

/** Verifies an address by the link from the mail, and leads to the sign-in. */
export function VerifyEmail({ token }: { token: string }) {
  const { mutate, isSuccess, error } = useMutation({ mutationFn: () => verifyEmail({ body: { token }, throwOnError: true }) });
  useEffect(() => {
    if (asked.has(token)) return;
    asked.add(token);
    mutate();
  }, [mutate, token]);
  if (isSuccess)
    return (
      <EmptyState heading="h1" icon={DoneMark} title="Your e-mail address is verified" action={<ButtonLink to="/login" variant="primary">Sign in</ButtonLink>}>
        Thank you. Sign in to set up your organization.
      </EmptyState>
    );
  if (error)
    return (
      <ErrorState
        heading="h1"
        title="This link doesn't work"
        detail={isStatus(error, 400) ? "It has expired or was already used. If you've verified your address, sign in. If not, sign in to request a new link." : toApiError(error).detail}
      />
    );
  return (
    <>
      <PlainTitle title="Verifying your e-mail address" />
      <Spinner className="text-accent" />
    </>
  );
}
