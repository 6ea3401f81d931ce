import type { DeadLetterOut } from "@/api/generated";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { formatExact } from "@/ui/patterns/relative-time-format";
import { Copyable } from "@/ui/primitives/copyable";
import { SidePanel } from "@/ui/primitives/dialog";
import { CodeName } from "./code-name";
import { consumerName, laneName, reasonText } from "./names";
import { letter as texts } from "./texts";

/** Shows one undelivered message with all that helps to find out why: the log names the request by the same id. */
export function DeadLetterPanel({ letter, onClose }: { letter: DeadLetterOut; onClose: () => void }) {
  return (
    <SidePanel isOpen onOpenChange={onClose} title={consumerName(letter.consumer)} description={reasonText(letter.reason)}>
      <DefinitionList
        items={[
          { term: texts.organization, value: letter.organization?.name ?? texts.none },
          { term: texts.consumer, value: <CodeName name={letter.consumer} /> },
          { term: texts.event, value: <span className="font-mono text-sm break-words">{letter.topic}</span> },
          { term: texts.lane, value: laneName(letter.lane) },
          { term: texts.attempts, value: letter.attempts },
          { term: texts.created, value: <Moment at={letter.created_at} /> },
          { term: texts.died, value: <Moment at={letter.died_at} /> },
          { term: texts.request, value: letter.request_id ? <Copyable value={letter.request_id} label={texts.copied.request} /> : texts.none },
          { term: texts.message, value: <Copyable value={letter.id} label={texts.copied.message} /> },
        ]}
      />
    </SidePanel>
  );
}

/** To the second; small, so that it stands on the line of its name. */
function Moment({ at }: { at: string }) {
  return <span className="tabular text-sm">{formatExact(new Date(at))}</span>;
}
