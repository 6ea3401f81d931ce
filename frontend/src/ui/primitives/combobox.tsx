import { Combobox as Base } from "@base-ui/react/combobox";
import { useEffect, useState, type KeyboardEvent, type Ref } from "react";
import { CheckIcon, ChevronUpDownIcon, Icon } from "@/ui/icon";
import { cx } from "@/ui/class-names";
import { CONTROL } from "./control-style";
import { useField, useOwnError } from "./field";
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
  /** The server has not answered for what was typed: the options are not all of its matches. */
  isSearching?: boolean | undefined;
  placeholder?: string;
  /** What the list says when nothing fits. */
  emptyText?: string;
  name?: string;
  ref?: Ref<HTMLInputElement>;
}

/**
 * Picks one of many by typing a part of its name. Enter takes the highlighted match, the first unless told otherwise; whoever goes on has
 * taken the only match. Where words fit none or several, what was chosen before comes back, as in Base UI; where nothing was, Base UI
 * would empty the field without a word: the words stay to be corrected, as in Linear, and the field says what to do.
 */
export function Combobox({ options, value, onChange, onType, isSearching = false, placeholder, emptyText, name, ref }: ComboboxProps) {
  const { id, ...described } = useField();
  // Options that the server finds change with what is typed; what was picked stays picked.
  const [picked, setPicked] = useState<ComboboxOption | null>(null);
  const found = options.find((option) => option.value === value);
  if (found && found.value !== picked?.value) setPicked(found);
  // The same object while it is chosen: at another, the library would put its name in the place of what is being typed.
  const chosen = picked?.value === value ? picked : (found ?? null);
  // Typed, and nothing taken for it.
  const [words, setWords] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [wasLeft, setWasLeft] = useState(false);
  const { contains } = Base.useFilter();
  const matches = words.trim() === "" ? [] : onType ? options : options.filter((option) => contains(option, words.trim(), labelOf));
  const only = isSearching ? undefined : onlyMatch(matches, words);
  const isLeft = wasLeft && !isOpen && words.trim() !== "";
  useOwnError(isLeft && !isSearching && !only ? texts.unmatched : undefined);
  useEffect(() => {
    if (isLeft && only) onChange(only.value);
  });
  function onKeyDown(event: KeyboardEvent & { preventBaseUIHandler: () => void }) {
    if (event.key !== "Enter" || !isOpen || event.nativeEvent.isComposing) return;
    // With nothing highlighted, the library would close the list and send the form.
    event.preventDefault();
    if (words.trim() === "" || event.currentTarget.hasAttribute("aria-activedescendant")) return;
    if (matches[0]) onChange(matches[0].value);
    else event.preventBaseUIHandler();
  }
  return (
    <Base.Root
      items={options}
      value={chosen}
      autoHighlight
      {...(onType ? { filter: null } : {})}
      onOpenChange={setOpen}
      onInputValueChange={(text, details) => {
        const isTyped = details.reason === "input-change";
        // Where nothing is chosen, the library puts nothing in the place of the words; and Escape on a closed list empties the field.
        if (details.reason === "escape-key" || (!isTyped && text === "" && words !== "")) {
          details.cancel();
          return;
        }
        setWords(isTyped ? text : "");
        setWasLeft(false);
        onType?.(isTyped ? text : "");
      }}
      onValueChange={(next: ComboboxOption | null, details) => {
        // Escape that empties nothing is for the dialog around the field.
        if (details.isCanceled) details.allowPropagation();
        else onChange(next?.value ?? null);
      }}
      itemToStringLabel={labelOf}
      itemToStringValue={(option: ComboboxOption) => option.value}
      isItemEqualToValue={(one: ComboboxOption, other: ComboboxOption) => one.value === other.value}
      name={name}
    >
      <div className="relative">
        <Base.Input ref={ref} id={id} {...described} onKeyDown={onKeyDown} onBlur={() => setWasLeft(true)} placeholder={placeholder} className={cx(CONTROL, "pr-9")} />
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
                  {/* What tells one from another goes below a name that takes two lines. */}
                  <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2 wrap-anywhere">
                    <span className="line-clamp-2" title={option.label}>{option.label}</span>
                    {option.detail && <span className="text-sm text-ink-3">{option.detail}</span>}
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

function labelOf({ label }: ComboboxOption): string {
  return label;
}

/** Gives the match that needs no choice: the only one, or the only one of exactly that name. */
function onlyMatch(matches: readonly ComboboxOption[], words: string): ComboboxOption | undefined {
  const exact = matches.filter(({ label }) => label.toLowerCase() === words.trim().toLowerCase());
  const [first, ...others] = exact.length > 0 ? exact : matches;
  return others.length === 0 ? first : undefined;
}
