/** The sections of the profile, as its address names them. */
export const PROFILE_SECTIONS = ["details", "account", "appearance"] as const;
export type ProfileSection = (typeof PROFILE_SECTIONS)[number];
