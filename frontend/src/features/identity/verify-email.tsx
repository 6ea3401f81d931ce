import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { verifyEmail } from "@/api/generated";
import { isStatus, toApiError } from "@/lib/problem";
import { DoneMark, WarningIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { ErrorState } from "@/ui/patterns/error-state";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { ButtonLink } from "@/ui/primitives/link";
import { Spinner } from "@/ui/primitives/spinner";
import { verification } from "./texts/verification";

// One use only: React may mount a page twice, and the second call would find the token used.
const asked = new Set<string>();

/** Verifies an address by the link from the e-mail, and leads to the sign-in. */
export function VerifyEmail({ token }: { token: string }) {
  const { mutate, isSuccess, error } = useMutation({ mutationFn: () => verifyEmail({ body: { token }, throwOnError: true }) });
  useEffect(() => {
    if (asked.has(token)) return;
    asked.add(token);
    mutate();
  }, [mutate, token]);
  const signIn = (
    <ButtonLink to="/login" variant="primary">
      {verification.signIn}
    </ButtonLink>
  );
  if (isSuccess)
    return (
      <EmptyState heading="h1" icon={DoneMark} title={verification.done.title} action={signIn}>
        {verification.done.hint}
      </EmptyState>
    );
  if (isStatus(error, 400))
    return (
      <EmptyState heading="h1" icon={WarningIcon} title={verification.used.title} action={signIn}>
        {verification.used.hint}
      </EmptyState>
    );
  if (error) {
    const { detail, requestId } = toApiError(error);
    return <ErrorState heading="h1" title={verification.failed} detail={detail} requestId={requestId} onRetry={() => mutate()} />;
  }
  return (
    <>
      <PlainTitle title={verification.underWay} />
      <Spinner className="text-accent" />
    </>
  );
}
