import { SearchIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { EmptyState } from "./empty-state";
import { filteredEmpty as texts } from "./texts/lists";

export interface FilteredEmptyProps {
  /** What the list is of, in the plural. */
  noun: string;
  /** The words that were looked for. */
  words?: string | undefined;
  /** What they are looked for in. */
  searched?: string | undefined;
  /** More than the words narrows the list. */
  hasFilters?: boolean;
  onClear: () => void;
}

/** Says that the filter, not the world, is empty; of a search, what it looks at. */
export function FilteredEmpty({ noun, words, searched, hasFilters = false, onClear }: FilteredEmptyProps) {
  const { title, clear } = words ? wordsOfSearch(noun, words, hasFilters) : { title: texts.title(noun), clear: texts.clear };
  return (
    <EmptyState icon={SearchIcon} title={title} action={<Button onClick={onClear}>{clear}</Button>}>
      {words && searched ? texts.searched(searched) : texts.hint}
    </EmptyState>
  );
}

function wordsOfSearch(noun: string, words: string, hasFilters: boolean) {
  return hasFilters ? { title: texts.notFoundSo(noun, words), clear: texts.clearBoth } : { title: texts.notFound(noun, words), clear: texts.clearSearch };
}
