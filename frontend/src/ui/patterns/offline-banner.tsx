import { Icon, OfflineIcon } from "@/ui/icon";
import { offline } from "./texts/pages";

/** Tells that the network is away, for as long as it is. */
export function OfflineBanner() {
  return (
    <div role="status" className="flex items-center justify-center gap-2 bg-warn-s px-4 py-1.5 text-sm text-warn">
      <Icon of={OfflineIcon} />
      {offline}
    </div>
  );
}
