import { Link } from "@tanstack/react-router";
import { Icon } from "@/ui/icon";
import type { Place } from "./navigation";
import { frame as texts } from "./texts/app";

/** Lists the places that the caller may go to. */
export function Sidebar({ places, onNavigate }: { places: readonly Place[]; onNavigate?: () => void }) {
  const work = places.filter((place) => place.group === "work");
  const platform = places.filter((place) => place.group === "platform");
  return (
    <nav aria-label={texts.navigation} className="flex flex-col gap-6 p-3">
      <PlaceList places={work} onNavigate={onNavigate} />
      {platform.length > 0 && (
        <div>
          <p className="mb-2 px-2.5 text-xs text-ink-3">{texts.platform}</p>
          <PlaceList places={platform} onNavigate={onNavigate} />
        </div>
      )}
    </nav>
  );
}

function PlaceList({ places, onNavigate }: { places: readonly Place[]; onNavigate?: (() => void) | undefined }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {places.map((place) => (
        <li key={place.label}>
          <Link
            to={place.path}
            onClick={onNavigate}
            className="flex h-9 items-center gap-2.5 rounded-control border border-transparent px-2.5 text-base font-medium text-ink-2 no-underline transition-colors hover:bg-hover hover:text-ink data-[status=active]:border-line data-[status=active]:bg-surface data-[status=active]:text-ink data-[status=active]:[&_svg]:text-accent"
          >
            <Icon of={place.icon} size="lg" />
            {place.label}
          </Link>
        </li>
      ))}
    </ul>
  );
}
