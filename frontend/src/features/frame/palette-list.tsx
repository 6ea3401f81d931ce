import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState, type KeyboardEvent } from "react";
import { groupsFor } from "@/lib/guides/audiences";
import { guidesOptions } from "@/lib/guides/queries";
import { toApiError } from "@/lib/problem";
import { recentRecords } from "@/lib/recent-records";
import { useMe } from "@/lib/session/me";
import { useTheme } from "@/lib/theme";
import { cx } from "@/ui/class-names";
import { Icon, RetryIcon, SearchIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { Kbd } from "@/ui/primitives/kbd";
import { PaletteDialog } from "@/ui/primitives/palette-dialog";
import { Spinner } from "@/ui/primitives/spinner";
import { actsFor, ownActs, type Act } from "./act";
import { LETTERS_MIN, OF_EACH_KIND, useFoundRecords } from "./found-records";
import { actGroup, byName, clientGroup, elsewhereGroup, helpGroup, pageGroup, recentGroup, recordGroups, type PaletteGroup, type PaletteOption } from "./palette-options";
import { whereOpened } from "./palette-key";
import { pagesFor } from "./palette-pages";
import { palette as texts } from "./texts/app";

interface PaletteProps {
  acts: readonly Act[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** What was typed before it was there. */
  early: string;
}

/** The floating half of the palette, loaded when it is first opened. */
export default function Palette({ acts, isOpen, onOpenChange, early }: PaletteProps) {
  return (
    <PaletteDialog isOpen={isOpen} onOpenChange={onOpenChange} title={texts.label} goesBackTo={whereOpened}>
      <PaletteList acts={acts} early={early} onDone={() => onOpenChange(false)} />
    </PaletteDialog>
  );
}

function PaletteList({ acts, early, onDone }: { acts: readonly Act[]; early: string; onDone: () => void }) {
  const [input, setInput] = useState(early);
  const [chosen, setChosen] = useState<string>();
  const navigate = useNavigate();
  const id = useId();
  const { explained, canSearch, isSearching, isNothing, groups, error, retry } = usePaletteGroups(input.trim(), acts);
  const options = groups.flatMap((group) => group.options);
  // By its name, not by its place: what is found later comes in above, and Enter must not do another thing than was looked at.
  const active = Math.max(0, options.findIndex(({ key }) => key === chosen));

  function go(option: PaletteOption | undefined) {
    if (!option) return;
    onDone();
    const { goal } = option;
    if ("run" in goal) goal.run();
    else if ("href" in goal) window.location.assign(goal.href);
    else void navigate(goal.link as never);
  }

  function move(to: number) {
    setChosen(options.at(to)?.key);
    document.getElementById(`${id}-${to}`)?.scrollIntoView({ block: "nearest" });
  }

  function press(event: KeyboardEvent) {
    if (event.key === "Enter") go(options[active]);
    else if (event.key === "ArrowDown") move(active + 1 < options.length ? active + 1 : 0);
    else if (event.key === "ArrowUp") move(active > 0 ? active - 1 : options.length - 1);
    else return;
    event.preventDefault();
  }

  return (
    <div className="flex max-h-[76vh] flex-col">
      <div className="flex items-center gap-3 border-b border-line px-4">
        {isSearching ? <Spinner /> : <Icon of={SearchIcon} className="text-ink-3" />}
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={options[active] ? `${id}-${active}` : undefined}
          aria-label={texts.label}
          placeholder={canSearch ? texts.prompt : texts.jump}
          maxLength={200}
          value={input}
          onKeyDown={press}
          onChange={(event) => {
            setInput(event.target.value);
            setChosen(undefined);
          }}
          className="h-12 min-w-0 flex-1 bg-transparent text-md outline-none placeholder:text-ink-3"
        />
        <button type="button" onClick={onDone} className="hidden h-9 rounded-control px-2 text-sm text-ink-2 pointer-coarse:block">
          {texts.cancel}
        </button>
      </div>
      {error ? (
        <div role="alert" className="flex items-center gap-3 px-5 pt-4 text-sm">
          <span className="min-w-0 flex-1 text-bad">{texts.failed(toApiError(error).detail)}</span>
          <Button icon={RetryIcon} onClick={retry}>
            {texts.retry}
          </Button>
        </div>
      ) : (
        <div className={cx(isNothing ? "px-5 pt-4 pb-1" : "sr-only")}>
          <p role="status" className="font-medium wrap-anywhere">
            {newsOf({ text: input.trim(), isSearching, isNothing, count: options.length })}
          </p>
          {isNothing && <p className="text-sm text-ink-3">{explained}</p>}
        </div>
      )}
      <div id={id} role="listbox" aria-label={texts.results} aria-busy={isSearching || undefined} className="min-h-0 overflow-y-auto overscroll-contain p-2 empty:hidden">
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
                  onPointerMove={() => setChosen(option.key)}
                  onPointerUp={({ button }) => button === 0 && go(option)}
                  className={cx("flex min-h-10 cursor-default items-center gap-3 rounded-control px-3 py-1 pointer-coarse:min-h-11", index === active && "bg-hover")}
                >
                  <Icon of={option.icon} size="lg" className="text-ink-2" />
                  {/* On a phone what tells records of one name apart stands below it, and is read whole. */}
                  <span className="flex min-w-0 flex-1 items-center gap-x-3 max-sm:flex-col max-sm:items-start">
                    <span className="line-clamp-2 min-w-0 flex-1 break-words" title={option.label}>{option.label}</span>
                    {option.detail && <span className="text-sm text-ink-3 sm:max-w-[50%] sm:shrink-0 sm:truncate" title={option.detail}> {option.detail}</span>}
                  </span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <Keys hint={canSearch && isBeginning(input.trim()) ? texts.tooShort(LETTERS_MIN) : undefined} />
    </div>
  );
}

function isBeginning({ length }: string): boolean {
  return length > 0 && length < LETTERS_MIN;
}

/** Says which keys do what, where there is a keyboard, and what more letters would find. */
function Keys({ hint }: { hint: string | undefined }) {
  return (
    <div className={cx("flex items-center justify-between gap-4 border-t border-line px-4 py-2 text-xs text-ink-3", !hint && "max-sm:hidden pointer-coarse:hidden")}>
      <span role="status" className="min-w-0">
        {hint}
      </span>
      <span aria-hidden="true" className="flex shrink-0 items-center gap-3 pointer-coarse:hidden max-sm:hidden">
        {texts.keyHints.map(({ keys, does }) => (
          <span key={does} className="flex items-center gap-1">
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
            {does}
          </span>
        ))}
      </span>
    </div>
  );
}

/** Gives what the palette shows for what was typed: first what bears that name, then records, acts, pages and help. */
function usePaletteGroups(text: string, acts: readonly Act[]) {
  const { id, permissions, realm } = useMe();
  const theme = useTheme();
  const { canSearch, hasClients, isWanted, records, clients, isSearching, error, retry } = useFoundRecords(text);
  const guides = useQuery({ ...guidesOptions(), enabled: text.length >= LETTERS_MIN }).data?.guides ?? [];
  const shown: PaletteGroup[] = [
    ...(text === "" && canSearch ? [recentGroup(recentRecords(id))] : []),
    ...recordGroups(records, { text, most: OF_EACH_KIND, hasClients }),
    clientGroup(clients),
    actGroup(actsFor([...acts, ...ownActs(theme)], permissions), text),
    pageGroup(pagesFor(permissions), text),
    ...(text.length >= LETTERS_MIN ? [helpGroup(groupsFor(realm, guides).flatMap((group) => group.guides), text)] : []),
  ].filter(({ options }) => options.length > 0);
  const isNothing = text !== "" && shown.length === 0 && !isSearching && !error && (isWanted || !canSearch);
  const groups = shown.length === 0 && text.length >= LETTERS_MIN && !isSearching ? [elsewhereGroup(permissions, text)] : byName(shown, text);
  const explained = !canSearch ? texts.searchedPages : hasClients ? texts.searchedByStaff : texts.searched;
  return { explained, canSearch, isSearching, isNothing, groups, error, retry };
}

/** Says what the palette holds, to be read aloud, and to be seen where it holds nothing. */
function newsOf({ text, isSearching, isNothing, count }: { text: string; isSearching: boolean; isNothing: boolean; count: number }): string {
  if (isSearching && count === 0) return texts.searching;
  return isNothing ? texts.nothing(text) : texts.count(count);
}
