export { getOnboardingOptions as onboardingOptions } from "@/api/generated/@tanstack/react-query.gen";
