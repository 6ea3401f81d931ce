import type { DeadLetterOut } from "@/api/generated";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { formatExact } from "@/ui/patterns/relative-time-format";
import { Copyable } from "@/ui/primitives/copyable";
import { SidePanel } from "@/ui/primitives/dialog";
import { laneWord, reasonText } from "./words";

/** Shows one undelivered message with all that helps to find out why: the log names the request by the same id. */
export function DeadLetterPanel({ letter, onClose }: { letter: DeadLetterOut; onClose: () => void }) {
  return (
    <SidePanel isOpen onOpenChange={onClose} title={letter.consumer} description={reasonText(letter.reason)}>
      <DefinitionList
        items={[
          { term: "Organization", value: letter.organization?.name ?? "—" },
          { term: "Event", value: <span className="font-mono text-sm break-words">{letter.topic}</span> },
          { term: "Lane", value: laneWord(letter.lane) },
          { term: "Attempts", value: letter.attempts },
          { term: "Created", value: <Moment at={letter.created_at} /> },
          { term: "Given up", value: <Moment at={letter.died_at} /> },
          { term: "Request", value: letter.request_id ? <Copyable value={letter.request_id} label="the request id" /> : "—" },
          { term: "Message", value: <Copyable value={letter.id} label="the message's id" /> },
        ]}
      />
    </SidePanel>
  );
}

/** To the second; small, so that it stands on the line of its name. */
function Moment({ at }: { at: string }) {
  return <span className="tabular text-sm">{formatExact(new Date(at))}</span>;
}
