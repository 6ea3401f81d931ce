import type { GuideEntry, GuideSection } from "@/api/generated";

/**
 * Searches the guides as the server does at `/docs?q=` (`main/http/guides/search.py`): every word counts, as a beginning,
 * whatever its accents; both are held to the cases in backend/tests/main/guide_searches.json.
 */

/** What a question is longer by, and nothing is found by. */
const FILLERS = new Set(
  (
    "a an and are at be by can cannot do does for from get how i if in is it my of on or the this to we what when " +
    "where which who why will with you your"
  ).split(" "),
);
const TITLE = 100;
const HEADING = 10;
const TEXT = 1;
/** A whole word is worth more than the beginning of one. */
const WHOLE = 2;
const WORDS_MAX = 8;
const QUERY_MAX = 200;
const FOUND_MAX = 12;
const FOUND_MAX_OF_A_GUIDE = 3;
const EXCERPT_BEFORE = 60;
const EXCERPT_MAX = 180;
/** "e-mail" is a word, and so are its parts. */
const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
const PART = /[\p{L}\p{N}]+/gu;

/** A piece of an excerpt, and whether it is what was looked for. */
export interface ExcerptPart {
  text: string;
  isHit: boolean;
}

export interface FoundSection {
  guide: GuideEntry;
  section: GuideSection;
  /** Where it is on the site. */
  path: string;
  excerpt: ExcerptPart[];
}

interface Word {
  start: number;
  end: number;
  folded: string;
}

/** Finds the sections that hold all words of a query, best first: by title, then heading, then text. */
export function searchGuides(guides: readonly GuideEntry[], query: string): FoundSection[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const scored = guides.flatMap((guide) => guide.sections.map((section) => ({ guide, section, score: scoreOf(guide, section, words) })));
  // Sorting is stable: among equals the order of the guides holds.
  const best = scored.filter(({ score }) => score > 0).sort((one, other) => other.score - one.score);
  const taken = new Map<GuideEntry, number>();
  return best
    .filter(({ guide }) => {
      const count = (taken.get(guide) ?? 0) + 1;
      taken.set(guide, count);
      return count <= FOUND_MAX_OF_A_GUIDE;
    })
    .slice(0, FOUND_MAX)
    .map(({ guide, section }) => ({ guide, section, path: pathOf(guide, section), excerpt: excerptOf(section.text, words) }));
}

/** Gives the address of a guide, or of one of its sections. */
export function pathOf(guide: GuideEntry, section?: GuideSection): string {
  return `/docs/${guide.slug}${section?.anchor ? `#${section.anchor}` : ""}`;
}

function wordsOf(query: string): string[] {
  const composed = query.slice(0, QUERY_MAX).normalize("NFC");
  const words = [...new Set([...composed.matchAll(WORD)].map(([word]) => fold(word)))].slice(0, WORDS_MAX);
  const telling = words.filter((word) => !FILLERS.has(word));
  return telling.length > 0 ? telling : words;
}

/** The title counts for the guide's first section only: else each of its sections would come before others' texts. */
function scoreOf(guide: GuideEntry, section: GuideSection, words: readonly string[]): number {
  const fields: [number, readonly Word[]][] = [
    [section.anchor ? 0 : TITLE, split(guide.title)],
    [HEADING, section.anchor ? split(section.heading) : []],
    [TEXT, split(section.text)],
  ];
  let total = 0;
  for (const word of words) {
    let worth = -1;
    for (const [weight, field] of fields)
      for (const { folded } of field) if (folded.startsWith(word)) worth = Math.max(worth, weight * (folded === word ? WHOLE : 1));
    if (worth < 0) return 0;
    total += worth;
  }
  return total;
}

/** Gives some of the text around the first hit, cut at words. */
function excerptOf(text: string, words: readonly string[]): ExcerptPart[] {
  const all = split(text);
  const hits = all.filter(({ folded }) => words.some((word) => folded.startsWith(word)));
  const around = (hits[0]?.start ?? 0) - EXCERPT_BEFORE;
  const start = around > 0 ? (all.find((word) => word.start >= around)?.start ?? 0) : 0;
  const last = Math.max(0, ...all.map((word) => word.end).filter((end) => end <= start + EXCERPT_MAX));
  const end = text.length <= start + EXCERPT_MAX ? text.length : last || start + EXCERPT_MAX;
  const parts: ExcerptPart[] = start > 0 ? [{ text: "… ", isHit: false }] : [];
  let at = start;
  for (const hit of hits) {
    if (hit.start < at || hit.end > end) continue;
    parts.push({ text: text.slice(at, hit.start), isHit: false }, { text: text.slice(hit.start, hit.end), isHit: true });
    at = hit.end;
  }
  parts.push({ text: text.slice(at, end), isHit: false });
  if (end < text.length) parts.push({ text: " …", isHit: false });
  return parts.filter((part) => part.text !== "");
}

// A text is taken apart once, and searched with every key that is pressed.
const known = new Map<string, readonly Word[]>();

function split(text: string): readonly Word[] {
  let words = known.get(text);
  if (!words) known.set(text, (words = [...text.matchAll(WORD)].flatMap(wordAndParts)));
  return words;
}

function wordAndParts({ 0: word, index }: RegExpExecArray): Word[] {
  const whole = { start: index, end: index + word.length, folded: fold(word) };
  const parts = [...word.matchAll(PART)];
  if (parts.length < 2) return [whole];
  return [whole, ...parts.map((part) => ({ start: index + part.index, end: index + part.index + part[0].length, folded: fold(part[0]) }))];
}

/** Gives a word without accents, capitals and what joins its parts. */
function fold(word: string): string {
  return (word.normalize("NFD").replaceAll(/\p{M}/gu, "").match(PART) ?? []).join("").toLowerCase();
}
