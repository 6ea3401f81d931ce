import { SearchIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { EmptyState } from "./empty-state";

/** Says that the filter, not the world, is empty. */
export function FilteredEmpty({ noun, onClear }: { noun: string; onClear: () => void }) {
  return (
    <EmptyState icon={SearchIcon} title={`No ${noun} fit this filter`} action={<Button onClick={onClear}>Clear filter</Button>}>
      Widen it, or clear it to see everything.
    </EmptyState>
  );
}
