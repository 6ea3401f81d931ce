/** The sections of the business page, as its address names them. */
export const BUSINESS_SECTIONS = ["identity", "brand", "money", "formats", "front-door"] as const;
export type BusinessSection = (typeof BUSINESS_SECTIONS)[number];
