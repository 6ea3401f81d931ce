import { useSiteName } from "./site-name";
import { pageHeader as texts } from "./texts/pages";

/** Names the page in its tab or window, and whose pages these are. */
export function PageTitle({ title }: { title: string }) {
  return <title>{texts.tab(title, useSiteName())}</title>;
}
