import { Combobox as Base } from "@base-ui/react/combobox";
import { useRef, useState } from "react";
import { CheckIcon, Icon } from "@/ui/icon";
import type { ComboboxOption } from "@/ui/primitives/combobox";
import { CONTROL } from "@/ui/primitives/control-style";
import { CHIP_FACE, FilterChip } from "./filter-chip";
import type { FilterComboboxProps } from "./filter-combobox";
import { filters as texts } from "./texts/lists";

/** The filter from when it is opened first: its library is as large as all else that floats. */
export default function OpenFilterCombobox({ label, chosen, options, onOpen, onType, onChange, placeholder, emptyText }: FilterComboboxProps) {
  const [isOpen, setOpen] = useState(true);
  // Where the focus was when it was opened first is gone with the chip that stood here.
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <Base.Root
      items={options}
      filter={null}
      // Typed and entered: the first that was found.
      autoHighlight
      value={chosen}
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        if (open) onOpen();
      }}
      onInputValueChange={(text, { reason }) => onType(reason === "input-change" ? text : "")}
      onValueChange={(next: ComboboxOption | null) => onChange(next?.value)}
      itemToStringLabel={(option: ComboboxOption) => option.label}
      itemToStringValue={(option: ComboboxOption) => option.value}
      isItemEqualToValue={(one: ComboboxOption, other: ComboboxOption) => one.value === other.value}
    >
      <FilterChip label={label} value={chosen?.label} onRemove={() => onChange(undefined)}>
        {(face) => (
          <Base.Trigger ref={trigger} aria-label={chosen ? texts.value(label, chosen.label) : label} className={CHIP_FACE}>
            {face}
          </Base.Trigger>
        )}
      </FilterChip>
      <Base.Portal>
        <Base.Positioner align="start" sideOffset={6} collisionPadding={8} className="z-20">
          <Base.Popup finalFocus={trigger} aria-label={label} className="flex max-h-80 w-72 max-w-[calc(100vw-1rem)] flex-col rounded-card border border-line bg-raised p-1 shadow-float">
            <Base.Input aria-label={placeholder} placeholder={placeholder} className={CONTROL} />
            <Base.Empty className="px-2.5 py-2 text-sm text-ink-3 empty:hidden">{emptyText}</Base.Empty>
            <Base.List className="mt-1 min-h-0 overflow-y-auto empty:mt-0">
              {(option: ComboboxOption) => (
                <Base.Item key={option.value} value={option} className="flex cursor-default items-center gap-2 rounded-[4px] px-2.5 py-1.5 outline-none select-none data-highlighted:bg-hover">
                  <span className="line-clamp-2 min-w-0 flex-1 wrap-anywhere" title={option.label}>{option.label}</span>
                  <Base.ItemIndicator>
                    <Icon of={CheckIcon} className="text-accent" />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
