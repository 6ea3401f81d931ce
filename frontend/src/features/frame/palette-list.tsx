import { useNavigate } from "@tanstack/react-router";
import { useId, useState, type KeyboardEvent } from "react";
import { toApiError } from "@/lib/problem";
import { useCan, useMe } from "@/lib/session/me";
import { cx } from "@/ui/class-names";
import { Icon, RetryIcon, SearchIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { Kbd } from "@/ui/primitives/kbd";
import { PaletteDialog } from "@/ui/primitives/palette-dialog";
import { Spinner } from "@/ui/primitives/spinner";
import { LETTERS_MIN, useFoundRecords } from "./found-records";
import type { Place } from "./navigation";
import { placeGroup, recentGroup, recordGroups, type PaletteOption } from "./palette-options";
import { recentRecords, rememberRecord } from "./recents";
import { palette as texts } from "./texts/app";

/** The floating half of the palette, loaded when it is first opened. */
export default function Palette({ places, isOpen, onOpenChange }: { places: readonly Place[]; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  return (
    <PaletteDialog isOpen={isOpen} onOpenChange={onOpenChange} title={texts.label}>
      <PaletteList places={places} onDone={() => onOpenChange(false)} />
    </PaletteDialog>
  );
}

function PaletteList({ places, onDone }: { places: readonly Place[]; onDone: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const id = useId();
  const me = useMe();
  const hasClients = useCan("organizations:list");
  const { canSearch, isWanted, records, isSearching, error, retry } = useFoundRecords(text);
  const recent = text.trim() === "" && canSearch ? [recentGroup(recentRecords(me.id))] : [];
  const groups = [...recent, placeGroup(places, text), ...recordGroups(records, hasClients)].filter(({ options }) => options.length > 0);
  const options = groups.flatMap((group) => group.options);
  const active = Math.min(at, options.length - 1);

  function go(option: PaletteOption | undefined) {
    if (!option) return;
    if (option.record) rememberRecord(me.id, option.record);
    onDone();
    void navigate(option.link as never);
  }

  function move(to: number) {
    setAt(to);
    document.getElementById(`${id}-${to}`)?.scrollIntoView({ block: "nearest" });
  }

  function press(event: KeyboardEvent) {
    if (event.key === "Enter") go(options[active]);
    else if (event.key === "ArrowDown") move(Math.min(active + 1, options.length - 1));
    else if (event.key === "ArrowUp") move(Math.max(active - 1, 0));
    else return;
    event.preventDefault();
  }

  return (
    <div>
      <div className="flex items-center gap-3 border-b border-line px-4">
        {isSearching ? <Spinner /> : <Icon of={SearchIcon} className="text-ink-3" />}
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={options[active] ? `${id}-${active}` : undefined}
          aria-label={texts.label}
          placeholder={canSearch ? texts.search : texts.jump}
          maxLength={200}
          value={text}
          onKeyDown={press}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          className="h-12 min-w-0 flex-1 bg-transparent text-md outline-none placeholder:text-ink-3"
        />
        <Kbd>{texts.keys.close}</Kbd>
      </div>
      <div id={id} role="listbox" aria-label={texts.results} aria-busy={isSearching || undefined} className="max-h-[min(26rem,60vh)] overflow-y-auto p-2 empty:hidden">
        {groups.map((group) => (
          <div key={group.label} role="group" aria-label={group.label} className="not-first:mt-2">
            <p aria-hidden="true" className="px-3 pt-1 pb-1.5 text-xs text-ink-3">
              {group.label}
            </p>
            {group.options.map((option) => {
              const index = options.indexOf(option);
              return (
                // The keyboard acts on the field above, which names the active option.
                <div
                  key={option.key}
                  id={`${id}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === active}
                  onPointerMove={() => setAt(index)}
                  onPointerUp={() => go(option)}
                  className={cx("flex min-h-10 items-center gap-3 rounded-control px-3 py-1", index === active && "bg-hover")}
                >
                  <Icon of={option.icon} size="lg" className="text-ink-2" />
                  <span className="min-w-0 flex-1 truncate">{option.label}</span>
                  {option.detail && <span className="max-w-[50%] shrink-0 truncate text-sm text-ink-3"> {option.detail}</span>}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {error ? (
        <div role="alert" className="flex items-center gap-3 px-5 pt-2 pb-4 text-sm">
          <span className="min-w-0 flex-1 text-bad">{texts.failed(toApiError(error).detail)}</span>
          <Button icon={RetryIcon} onClick={retry}>
            {texts.retry}
          </Button>
        </div>
      ) : (
        <p role="status" className={cx("px-5 text-ink-3", options.length === 0 || isHint(text, canSearch) ? "py-4" : "sr-only")}>
          {newsOf({ text, canSearch, isWanted, isSearching, count: options.length })}
        </p>
      )}
    </div>
  );
}

function isHint(text: string, canSearch: boolean): boolean {
  const { length } = text.trim();
  return canSearch && length > 0 && length < LETTERS_MIN;
}

/** Says what the palette holds, to be read aloud, and to be seen where it holds nothing. */
function newsOf({ text, canSearch, isWanted, isSearching, count }: { text: string; canSearch: boolean; isWanted: boolean; isSearching: boolean; count: number }): string {
  if (isHint(text, canSearch)) return texts.tooShort(LETTERS_MIN);
  if (isSearching && count === 0) return texts.searching;
  if (count === 0) return isWanted ? texts.nothing(text.trim()) : texts.noPage(text.trim());
  return texts.count(count);
}
