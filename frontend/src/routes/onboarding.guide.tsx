import { createFileRoute } from "@tanstack/react-router";
import { GuideStep } from "@/features/onboarding/guide-step";

export const Route = createFileRoute("/onboarding/guide")({ component: GuideStep });
