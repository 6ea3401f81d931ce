import type { ReactNode } from "react";
import { SidePanel } from "@/ui/primitives/dialog";
import type { Place } from "./navigation";
import { Sidebar } from "./sidebar";

/** Holds the sidebar of phones and tablets, loaded when it is first opened. */
export default function Drawer({ mark, places, onClose }: { mark: ReactNode; places: readonly Place[]; onClose: () => void }) {
  return (
    <SidePanel isOpen onOpenChange={onClose} side="left" title={mark} className="w-72">
      <div className="-mx-4 -my-2">
        <Sidebar places={places} onNavigate={onClose} />
      </div>
    </SidePanel>
  );
}
