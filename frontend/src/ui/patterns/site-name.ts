import { createContext, use } from "react";
import { product } from "./texts/pages";

/** Whose pages these are, as a page's title tells: the product's on the consoles of staff, the business's wherever clients are. */
export const SiteName = createContext<string>(product);

/** Gives whose pages these are. */
export function useSiteName(): string {
  return use(SiteName);
}
