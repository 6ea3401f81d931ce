import { useEffect } from "react";
import { useSiteName } from "./site-name";
import { pageHeader as texts } from "./texts/pages";

/** Names the page in its tab or window, and whose pages these are; to listeners too, when it or another part of it opens. */
export function PageTitle({ title, part }: { title: string; part?: string | undefined }) {
  const name = texts.tab(part === undefined ? title : texts.tab(part, title), useSiteName());
  useEffect(() => {
    const { pathname } = window.location;
    const place = part === undefined ? pathname : `${pathname} ${part}`;
    // Not sent with the first page, of which the browser reads the title itself. Not at once either: what the page replaces is still being
    // taken away, and would take the focus along.
    void import("./arrival").then(({ arrive }) => arrive(name, place));
  }, [name, part]);
  return <title>{name}</title>;
}
