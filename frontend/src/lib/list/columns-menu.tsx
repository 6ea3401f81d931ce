import { ColumnsIcon, UndoIcon } from "@/ui/icon";
import type { Column } from "@/ui/patterns/data-column";
import { IconButton } from "@/ui/primitives/button";
import { Menu, MenuItem, MenuLine, MenuTicks } from "@/ui/primitives/menu";
import { tools } from "./texts";

export interface ColumnsMenuProps {
  columns: readonly Pick<Column<never>, "id" | "head" | "room">[];
  hidden: ReadonlySet<string>;
  onHide: (hidden: ReadonlySet<string>) => void;
}

/** Shows and hides columns; the first one names the row and stays. Some are left out where there is no room, and say so. */
export function ColumnsMenu({ columns: [, ...columns], hidden, onHide }: ColumnsMenuProps) {
  function toggle(id: string, isShown: boolean) {
    onHide(new Set(isShown ? [...hidden].filter((other) => other !== id) : [...hidden, id]));
  }
  return (
    <Menu trigger={<IconButton icon={ColumnsIcon} label={tools.chooseColumns} variant="secondary" />}>
      <MenuTicks label={tools.columns} options={columns.map(({ id, head, room }) => ({ id, label: room ? tools.ifRoom(head) : head, isTicked: !hidden.has(id), onChange: (isShown) => toggle(id, isShown) }))} />
      <MenuLine />
      <MenuItem icon={UndoIcon} isDisabled={hidden.size === 0} onSelect={() => onHide(new Set())}>
        {tools.allColumns}
      </MenuItem>
    </Menu>
  );
}
