import { createFileRoute } from "@tanstack/react-router";
import { ChecklistStep } from "@/features/onboarding/checklist-step";

export const Route = createFileRoute("/onboarding/checklist")({ component: ChecklistStep });
