import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { completeOnboardingStep } from "@/api/generated";
import { getOnboardingQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { meOptions } from "@/lib/session/me";
import { stepAfter, type StepName } from "./steps";

/** Completes a step and goes on: to the following step, or into the app when it was the last. */
export function useCompleteStep(step: StepName) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () => (await completeOnboardingStep({ path: { step }, throwOnError: true })).data,
    onSuccess: async (onboarding) => {
      queryClient.setQueryData(getOnboardingQueryKey(), onboarding);
      await queryClient.query({ ...meOptions(), staleTime: 0 });
      if (onboarding.completed) await navigate({ to: "/dashboard" });
      else await navigate({ href: `/onboarding/${stepAfter(step, onboarding) ?? ""}` });
    },
  });
}
