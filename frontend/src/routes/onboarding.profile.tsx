import { createFileRoute } from "@tanstack/react-router";
import { onboardingOptions } from "@/features/onboarding/queries";
import { ProfileStep } from "@/features/onboarding/profile-step";

export const Route = createFileRoute("/onboarding/profile")({
  loader: ({ context }) => context.queryClient.query(onboardingOptions()),
  component: ProfileStep,
});
