import { Combobox as Base } from "@base-ui/react/combobox";
import { useState, type Ref } from "react";
import { CheckIcon, ChevronUpDownIcon, Icon } from "@/ui/icon";
import { cx } from "@/ui/class-names";
import { CONTROL } from "./control-style";
import { useField } from "./field";
import { combobox as texts } from "./texts";

export interface ComboboxOption {
  value: string;
  label: string;
  detail?: string | undefined;
}

export interface ComboboxProps {
  options: readonly ComboboxOption[];
  value: string | null;
  onChange: (value: string | null) => void;
  /** Where the server finds the options: asked with what was typed. */
  onType?: ((text: string) => void) | undefined;
  placeholder?: string;
  /** What the list says when nothing fits. */
  emptyText?: string;
  name?: string;
  ref?: Ref<HTMLInputElement>;
}

/** Picks one of many by typing a part of its name. */
export function Combobox({ options, value, onChange, onType, placeholder, emptyText = texts.empty, name, ref }: ComboboxProps) {
  const { id, ...described } = useField();
  // Options that the server finds change with what is typed; what was picked stays picked.
  const [picked, setPicked] = useState<ComboboxOption | null>(null);
  const chosen = options.find((option) => option.value === value) ?? (picked?.value === value ? picked : null);
  return (
    <Base.Root
      items={options}
      value={chosen}
      {...(onType ? { filter: null, onInputValueChange: (text, { reason }) => onType(reason === "input-change" ? text : "") } : {})}
      onValueChange={(next: ComboboxOption | null) => {
        setPicked(next);
        onChange(next?.value ?? null);
      }}
      itemToStringLabel={(option: ComboboxOption) => option.label}
      itemToStringValue={(option: ComboboxOption) => option.value}
      isItemEqualToValue={(one: ComboboxOption, other: ComboboxOption) => one.value === other.value}
      name={name}
    >
      <div className="relative">
        <Base.Input ref={ref} id={id} {...described} placeholder={placeholder} className={cx(CONTROL, "pr-9")} />
        <Base.Trigger aria-label={texts.open} className="absolute inset-y-0 right-0 grid w-9 place-items-center rounded-control text-ink-3">
          <Icon of={ChevronUpDownIcon} />
        </Base.Trigger>
      </div>
      <Base.Portal>
        <Base.Positioner sideOffset={4} collisionPadding={8}>
          <Base.Popup className="max-h-72 w-(--anchor-width) overflow-y-auto rounded-card border border-line bg-raised p-1 shadow-float">
            <Base.Empty className="px-2.5 py-2 text-sm text-ink-3 empty:hidden">{emptyText}</Base.Empty>
            <Base.List>
              {(option: ComboboxOption) => (
                <Base.Item key={option.value} value={option} className="flex cursor-default items-center gap-2 rounded-[4px] px-2.5 py-1.5 outline-none select-none data-highlighted:bg-hover">
                  <span className="min-w-0 flex-1 truncate">
                    {option.label}
                    {option.detail && <span className="ml-2 text-sm text-ink-3">{option.detail}</span>}
                  </span>
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
