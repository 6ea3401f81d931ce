import { createFileRoute } from "@tanstack/react-router";
import { WelcomeStep } from "@/features/onboarding/welcome-step";

export const Route = createFileRoute("/onboarding/welcome")({ component: WelcomeStep });
