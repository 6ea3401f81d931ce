import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { verifyEmail } from "@/api/generated";
import { isStatus, toApiError, type ApiError } from "@/lib/problem";
import { RetryIcon } from "@/ui/icon";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { Button } from "@/ui/primitives/button";
import { Copyable } from "@/ui/primitives/copyable";
import { ButtonLink } from "@/ui/primitives/link";
import { Spinner } from "@/ui/primitives/spinner";
import { registeredAddress, rememberRegistered } from "./registered-address";
import { verification } from "./texts/verification";

// One use only: React may mount a page twice, and the second call would find the token used.
const asked = new Set<string>();

/** Verifies an address by the link from the e-mail, and leads to the sign-in. */
export function VerifyEmail({ token }: { token: string }) {
  const { mutate, isSuccess, error } = useMutation({
    mutationFn: () => verifyEmail({ body: { token }, throwOnError: true }),
    // The link is often opened on another device than the one that registered.
    onSuccess: ({ data }) => rememberRegistered(data.email),
  });
  useEffect(() => {
    if (asked.has(token)) return;
    asked.add(token);
    mutate();
  }, [mutate, token]);
  return (
    <div role="status">
      {isSuccess ? (
        <>
          <PlainTitle title={verification.done.title}>{verification.done.hint}</PlainTitle>
          <SignIn />
        </>
      ) : isStatus(error, 400) ? (
        <>
          <PlainTitle title={verification.used.title}>{verification.used.hint}</PlainTitle>
          <SignIn />
        </>
      ) : error ? (
        <Failure error={toApiError(error)} onRetry={() => mutate()} />
      ) : (
        <>
          <PlainTitle title={verification.underWay} />
          <Spinner className="text-accent" />
        </>
      )}
    </div>
  );
}

function SignIn() {
  return (
    <ButtonLink to="/login" state={{ email: registeredAddress() }} variant="primary" size="lg" className="w-full">
      {verification.signIn}
    </ButtonLink>
  );
}

function Failure({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  return (
    <>
      <PlainTitle title={verification.failed.title}>{error.detail}</PlainTitle>
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" size="lg" icon={RetryIcon} onClick={onRetry}>
          {verification.failed.retry}
        </Button>
        {error.requestId && <Copyable value={error.requestId} label={verification.failed.requestId} />}
      </div>
    </>
  );
}
