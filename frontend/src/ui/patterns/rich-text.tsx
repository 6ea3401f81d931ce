import { Fragment, type ReactNode } from "react";

/** Words between the marks of a sentence, `<link>…</link>`, and what becomes of them. */
export type RichTextParts = Readonly<Record<string, (words: string) => ReactNode>>;

const MARKED = /<(\w+)>(.*?)<\/\1>/g;

/**
 * Writes a sentence in which some words are more than words: "Read the <guide>guide</guide> first."
 * The sentence stays whole in its text, so that a translation may put the link elsewhere. Marks do not nest.
 */
export function RichText({ text, parts }: { text: string; parts: RichTextParts }) {
  const written: ReactNode[] = [];
  let end = 0;
  for (const { index, 0: whole, 1: name = "", 2: words = "" } of text.matchAll(MARKED)) {
    written.push(text.slice(end, index), <Fragment key={index}>{parts[name]?.(words) ?? words}</Fragment>);
    end = index + whole.length;
  }
  return [...written, text.slice(end)];
}
