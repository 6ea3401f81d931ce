import { useNavigate } from "@tanstack/react-router";
import { useId, useState, type KeyboardEvent } from "react";
import { cx } from "@/ui/class-names";
import { Icon, SearchIcon } from "@/ui/icon";
import { Kbd } from "@/ui/primitives/kbd";
import { PaletteDialog } from "@/ui/primitives/palette-dialog";
import type { Place } from "./navigation";

/** The floating half of the palette, loaded when it is first opened. */
export default function Palette({ places, isOpen, onOpenChange }: { places: readonly Place[]; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  return (
    <PaletteDialog isOpen={isOpen} onOpenChange={onOpenChange} title="Search or jump to">
      <PaletteList places={places} onDone={() => onOpenChange(false)} />
    </PaletteDialog>
  );
}

function PaletteList({ places, onDone }: { places: readonly Place[]; onDone: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const id = useId();
  const found = places.filter((place) => place.label.toLowerCase().includes(text.trim().toLowerCase()));

  function go(place: Place | undefined) {
    if (!place) return;
    onDone();
    void navigate({ to: place.path });
  }

  function press(event: KeyboardEvent) {
    if (event.key === "Enter") go(found[at]);
    else if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else return;
    event.preventDefault();
  }

  return (
    <div>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Icon of={SearchIcon} className="text-ink-3" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
          aria-label="Search or jump to"
          placeholder="Where to?"
          value={text}
          onKeyDown={press}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          className="h-12 flex-1 bg-transparent text-md outline-none placeholder:text-ink-3"
        />
        <Kbd>Esc</Kbd>
      </div>
      <div id={id} role="listbox" aria-label="Places" className="max-h-80 overflow-y-auto p-2">
        {found.map((place, index) => (
          // The keyboard acts on the field above, which names the active option.
          <div
            key={place.label}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onPointerMove={() => setAt(index)}
            onPointerUp={() => go(place)}
            className={cx("flex h-10 items-center gap-3 rounded-control px-3", index === at && "bg-hover")}
          >
            <Icon of={place.icon} size="lg" className="text-ink-2" />
            {place.label}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="px-5 pb-5 text-ink-3">Nothing of that name. Records are found from their lists.</p>}
    </div>
  );
}
