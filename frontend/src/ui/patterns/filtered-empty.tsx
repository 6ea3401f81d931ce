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
  onClear: () => void;
}

/** Says that the filter, not the world, is empty; of a search, what it looks at. */
export function FilteredEmpty({ noun, words, searched, onClear }: FilteredEmptyProps) {
  return (
    <EmptyState icon={SearchIcon} title={words ? texts.notFound(noun, words) : texts.title(noun)} action={<Button onClick={onClear}>{words ? texts.clearSearch : texts.clear}</Button>}>
      {words && searched ? texts.searched(searched) : texts.hint}
    </EmptyState>
  );
}
