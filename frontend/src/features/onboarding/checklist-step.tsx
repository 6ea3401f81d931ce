import { useBranding } from "@/lib/face";
import { useMe } from "@/lib/session/me";
import { AheadMark, DoneMark } from "@/ui/icon";
import { StepBody } from "./step-body";
import { checklist } from "./texts/checklist";

/** Shows what is ready and what follows. */
export function ChecklistStep() {
  const me = useMe();
  const business = useBranding()?.name;
  const items = [
    { isDone: true, title: checklist.confirmed, text: me.email },
    { isDone: me.organization !== null, title: checklist.organization, text: me.organization?.name ?? "" },
    { isDone: false, ...checklist.proposal },
    { isDone: false, ...checklist.payment },
  ];
  return (
    <StepBody step="checklist" title={checklist.title} lead={checklist.lead(business)} verb={checklist.submit}>
      <ul className="flex flex-col divide-y divide-line rounded-card border border-line">
        {items.map((item) => {
          const Mark = item.isDone ? DoneMark : AheadMark;
          return (
            <li key={item.title} className="flex gap-3 p-4">
              <Mark aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${item.isDone ? "text-ok" : "text-ink-3"}`} />
              <div className="min-w-0">
                <p className="font-medium">
                  {item.title} <span className="sr-only">{item.isDone ? checklist.done : checklist.ahead}</span>
                </p>
                <p className="break-words text-ink-2">{item.text}</p>
              </div>
            </li>
          );
        })}
      </ul>
    </StepBody>
  );
}
