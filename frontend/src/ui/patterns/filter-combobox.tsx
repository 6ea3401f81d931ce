import { lazy, Suspense, useState } from "react";
import type { ComboboxOption } from "@/ui/primitives/combobox";
import { CHIP_FACE, FilterChip } from "./filter-chip";
import { filters as texts } from "./texts/lists";

const load = () => import("./filter-combobox-open");
const OpenFilterCombobox = lazy(load);

export interface FilterComboboxProps {
  label: string;
  chosen: ComboboxOption | null;
  options: readonly ComboboxOption[];
  /** They are wanted now: asked for when the list opens first. */
  onOpen: () => void;
  /** Where the server finds them: asked with what was typed. */
  onType: (text: string) => void;
  onChange: (value: string | undefined) => void;
  /** What stands in the field: "Find a client". */
  placeholder: string;
  emptyText: string;
}

/** Filters by one of many, found by typing a part of its name. */
export function FilterCombobox(props: FilterComboboxProps) {
  const [wasOpened, setWasOpened] = useState(false);
  function open() {
    setWasOpened(true);
    props.onOpen();
  }
  const closed = <ClosedFilterCombobox {...props} onOpen={open} />;
  if (!wasOpened) return closed;
  return (
    <Suspense fallback={closed}>
      <OpenFilterCombobox {...props} />
    </Suspense>
  );
}

/** Looks as the filter does until it is opened first; what opens it is loaded when somebody is about to. */
function ClosedFilterCombobox({ label, chosen, onOpen, onChange }: FilterComboboxProps) {
  return (
    <FilterChip label={label} value={chosen?.label} onRemove={() => onChange(undefined)}>
      {(face) => (
        <button
          type="button"
          aria-expanded="false"
          aria-haspopup="dialog"
          aria-label={chosen ? texts.value(label, chosen.label) : label}
          onPointerEnter={() => void load()}
          onFocus={() => void load()}
          onClick={onOpen}
          className={CHIP_FACE}
        >
          {face}
        </button>
      )}
    </FilterChip>
  );
}
