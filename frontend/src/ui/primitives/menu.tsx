import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { CheckIcon, Icon, type IconShape } from "@/ui/icon";

const ITEM =
  "flex w-full cursor-default items-center gap-2.5 rounded-[4px] px-2.5 py-1.5 text-base text-ink no-underline outline-none select-none data-highlighted:bg-hover data-disabled:text-ink-3";

/** Opens a short list of acts under a button. */
export function Menu({ trigger, children, align = "end" }: { trigger: ReactElement; children: ReactNode; align?: "start" | "end" }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} collisionPadding={8}>
          <Base.Popup className="min-w-52 rounded-card border border-line bg-raised p-1 shadow-float transition-opacity outline-none data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface MenuItemProps {
  icon?: IconShape;
  children: ReactNode;
  onSelect?: () => void;
  /** A link to render as, when the item leads somewhere. */
  render?: ReactElement;
  isDisabled?: boolean;
}

/** One act, or one place to go. */
export function MenuItem({ icon, children, onSelect, render, isDisabled = false }: MenuItemProps) {
  return (
    <Base.Item render={render} onClick={onSelect} disabled={isDisabled} className={ITEM}>
      {icon && <Icon of={icon} className="text-ink-2" />}
      {children}
    </Base.Item>
  );
}

/** A choice of one among several, kept open so that its effect is seen. */
export function MenuChoices<Value extends string>({ label, value, options, onChange }: { label: string; value: Value; options: readonly { value: Value; label: string; icon?: IconShape }[]; onChange: (value: Value) => void }) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: Value) => onChange(next)}>
      <Base.Group>
        <Base.GroupLabel className="px-2.5 pt-1.5 pb-1 text-xs text-ink-3">{label}</Base.GroupLabel>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} closeOnClick={false} className={ITEM}>
            {option.icon && <Icon of={option.icon} className="text-ink-2" />}
            <span className="flex-1">{option.label}</span>
            <Base.RadioItemIndicator>
              <Icon of={CheckIcon} className="text-accent" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.Group>
    </Base.RadioGroup>
  );
}

/** Separates groups of acts. */
export function MenuLine() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}

/** Ticks several things on or off; the menu stays open so that the effect is seen. */
export function MenuTicks({ label, options }: { label: string; options: readonly { id: string; label: string; isTicked: boolean; onChange: (isTicked: boolean) => void }[] }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 pt-1.5 pb-1 text-xs text-ink-3">{label}</Base.GroupLabel>
      {options.map((option) => (
        <Base.CheckboxItem key={option.id} checked={option.isTicked} onCheckedChange={(isTicked) => option.onChange(isTicked)} closeOnClick={false} className={ITEM}>
          <span className="flex-1">{option.label}</span>
          <Base.CheckboxItemIndicator>
            <Icon of={CheckIcon} className="text-accent" />
          </Base.CheckboxItemIndicator>
        </Base.CheckboxItem>
      ))}
    </Base.Group>
  );
}
