import type { Permission } from "@/api/generated";
import { chooseTheme, type Theme } from "@/lib/theme";
import { MoonIcon, SignOutIcon, SunIcon, SystemThemeIcon, type IconShape } from "@/ui/icon";
import type { Goal } from "./goal";
import { palette as texts } from "./texts/app";

/** Something that the palette does from wherever the reader is. */
export interface Act {
  label: string;
  icon: IconShape;
  goal: Goal;
  /** The permission that it needs; without one everybody who is signed in may do it. */
  permission?: Permission;
  /** Further words that find it. */
  keywords?: string;
  /** Shown before anything is typed, too. */
  isOffered?: boolean;
}

const THEMES: Record<Theme, IconShape> = { light: SunIcon, dark: MoonIcon, system: SystemThemeIcon };

/** Gives what the frame itself can do: change to another theme than the one in use, and end the session. */
export function ownActs(theme: Theme): Act[] {
  const others = (Object.keys(THEMES) as Theme[]).filter((other) => other !== theme);
  return [
    ...others.map((other) => ({ label: texts.themes[other], icon: THEMES[other], goal: { run: () => chooseTheme(other) }, keywords: texts.keywords.theme })),
    { label: texts.signOut, icon: SignOutIcon, goal: { link: { to: "/logout" } }, keywords: texts.keywords.signOut },
  ];
}

/** Gives the acts that these permissions allow. */
export function actsFor(acts: readonly Act[], permissions: readonly Permission[]): Act[] {
  return acts.filter(({ permission }) => !permission || permissions.includes(permission));
}
