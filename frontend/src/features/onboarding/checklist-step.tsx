import { useMe } from "@/lib/session/me";
import { DoneMark, NoneMark } from "@/ui/icon";
import { StepBody } from "./step-body";

/** Shows what is ready and what comes by itself. */
export function ChecklistStep() {
  const me = useMe();
  const items = [
    { isDone: true, title: "E-mail address verified", text: me.email },
    { isDone: me.organization !== null, title: "Organization set up", text: me.organization?.name ?? "" },
    { isDone: false, title: "Your first proposal", text: "We’ll e-mail it to you. Read it, then approve it or ask for changes." },
    { isDone: false, title: "Your first payment", text: "Once you approve, you pay securely through Stripe. Your invoice follows by e-mail." },
  ];
  return (
    <StepBody step="checklist" title="What happens next" lead="Your account is ready. The next two steps follow when we send your first proposal." verb="Continue">
      <ul className="flex flex-col divide-y divide-line rounded-card border border-line">
        {items.map((item) => {
          const Mark = item.isDone ? DoneMark : NoneMark;
          return (
            <li key={item.title} className="flex gap-3 p-4">
              <Mark aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${item.isDone ? "text-ok" : "text-ink-3"}`} />
              <div className="min-w-0">
                <p className="font-medium">
                  {item.title}
                  <span className="sr-only">{item.isDone ? " (done)" : " (not yet)"}</span>
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
