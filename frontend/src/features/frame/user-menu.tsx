import { Link } from "@tanstack/react-router";
import type { MeOut as Me } from "@/api/generated";
import { chooseTheme, useTheme, type Theme } from "@/lib/theme";
import { ChevronDownIcon, HelpIcon, Icon, MoonIcon, ProfileIcon, SignOutIcon, SunIcon, SystemThemeIcon } from "@/ui/icon";
import { Avatar } from "@/ui/primitives/avatar";
import { Menu, MenuChoices, MenuItem, MenuLine } from "@/ui/primitives/menu";
import { userMenu as texts } from "./texts/app";

const THEMES: { value: Theme; label: string; icon: typeof SunIcon }[] = [
  { value: "system", label: texts.themes.system, icon: SystemThemeIcon },
  { value: "light", label: texts.themes.light, icon: SunIcon },
  { value: "dark", label: texts.themes.dark, icon: MoonIcon },
];

/** Holds what is the reader's own: profile, theme, the way out. */
export function UserMenu({ me }: { me: Me }) {
  const theme = useTheme();
  const name = me.full_name || me.email;
  return (
    <Menu
      trigger={
        <button type="button" className="flex h-9 items-center gap-2 rounded-control px-1.5 font-medium hover:bg-hover">
          <Avatar name={name} />
          <span className="sr-only">{texts.label} </span>
          <span className="max-w-40 truncate max-lg:sr-only" title={name}>{name}</span>
          <Icon of={ChevronDownIcon} size="sm" className="text-ink-2 max-sm:hidden" />
        </button>
      }
    >
      <div className="px-2.5 py-1.5">
        <p className="font-medium break-words">{name}</p>
        <p className="text-sm break-words text-ink-3">{me.email}</p>
      </div>
      <MenuLine />
      <MenuItem icon={ProfileIcon} render={<Link to="/settings/profile" />}>
        {texts.profile}
      </MenuItem>
      <MenuItem icon={HelpIcon} render={<Link to="/help" />}>
        {texts.help}
      </MenuItem>
      <MenuLine />
      <MenuChoices label={texts.theme} value={theme} options={THEMES} onChange={chooseTheme} />
      <MenuLine />
      <MenuItem icon={SignOutIcon} render={<Link to="/logout" preload={false} />}>
        {texts.signOut}
      </MenuItem>
    </Menu>
  );
}
