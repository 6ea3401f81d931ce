/** What stands around the steps before a client’s first visit, in English. */

import type { StepName } from "../steps";

export const frame = {
  /** Whose pages these are until the business is known. */
  portal: "Client portal",
  steps: "Onboarding",
  signOut: "Sign out",
  back: "Back",
};

export const stepNames = {
  welcome: "Welcome",
  profile: "Profile",
  checklist: "What happens next",
  guide: "Tips",
} satisfies Record<StepName, string>;
