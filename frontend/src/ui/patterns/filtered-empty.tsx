import { SearchIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { EmptyState } from "./empty-state";
import { filteredEmpty as texts } from "./texts/lists";

/** Says that the filter, not the world, is empty. */
export function FilteredEmpty({ noun, onClear }: { noun: string; onClear: () => void }) {
  return (
    <EmptyState icon={SearchIcon} title={texts.title(noun)} action={<Button onClick={onClear}>{texts.clear}</Button>}>
      {texts.hint}
    </EmptyState>
  );
}
