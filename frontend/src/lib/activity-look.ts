import type { ActivityIcon, ActivityOut, ActivityTone } from "@/api/generated";
import { ChangesIcon, CheckIcon, ClockIcon, CloseIcon, EditIcon, ForwardIcon, MoneyIcon, PlusIcon, ProposalIcon, SendIcon, WorkflowIcon, type IconShape } from "@/ui/icon";
import type { TimelineEntry } from "@/ui/patterns/timeline";

const ICONS = {
  PLUS: PlusIcon,
  EDIT: EditIcon,
  FORWARD: ForwardIcon,
  SEND: SendIcon,
  CHECK: CheckIcon,
  CHANGES: ChangesIcon,
  CLOSE: CloseIcon,
  CLOCK: ClockIcon,
  BANKNOTES: MoneyIcon,
  DOCUMENT: ProposalIcon,
  BOLT: WorkflowIcon,
} satisfies Record<ActivityIcon, IconShape>;

const TONES: Record<ActivityTone, TimelineEntry["tone"]> = { NEUTRAL: "neutral", OK: "ok", WARN: "warn", BAD: "bad" };

// A page that stayed open over an upgrade may meet a picture that it does not know yet.
const KNOWN: Partial<Record<string, IconShape>> = ICONS;

/** Returns the picture of an entry, as the feature that wrote it declared its kind. */
export function activityLook({ icon, tone }: Pick<ActivityOut, "icon" | "tone">): Pick<TimelineEntry, "icon" | "tone"> {
  return { icon: KNOWN[icon] ?? EditIcon, tone: TONES[tone] };
}
