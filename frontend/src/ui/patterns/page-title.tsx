import { useEffect } from "react";
import { useSiteName } from "./site-name";
import { pageHeader as texts } from "./texts/pages";

/** Names the page in its tab or window, and whose pages these are; to listeners too, when it opens. */
export function PageTitle({ title }: { title: string }) {
  const name = texts.tab(title, useSiteName());
  useEffect(() => {
    const { pathname } = window.location;
    // Not sent with the first page, of which the browser reads the title itself.
    void import("./arrival").then(({ arrive }) => arrive(name, pathname));
  }, [name]);
  return <title>{name}</title>;
}
