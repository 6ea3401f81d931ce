export type StepName = "welcome" | "profile" | "checklist" | "guide";

/** The steps in the server's order. */
export const STEPS: readonly { name: StepName; label: string }[] = [
  { name: "welcome", label: "Welcome" },
  { name: "profile", label: "Profile" },
  { name: "checklist", label: "Checklist" },
  { name: "guide", label: "Guide" },
];
