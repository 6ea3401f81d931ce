import * as z from "zod/mini";
import { declineProposal, requestProposalChanges, type ProposalOut } from "@/api/generated";
import { zChangeRequest, zDecline } from "@/api/schemas/proposals/zod.gen";
import { useCloseGuard } from "@/lib/close-guard";
import { field, Form, useSchemaForm } from "@/lib/form";
import { useBranding } from "@/lib/face";
import { useKeptWork } from "@/lib/kept-work/use-kept-work";
import { Button } from "@/ui/primitives/button";
import { Dialog } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { Textarea } from "@/ui/primitives/textarea";
import { decisionForm } from "./decision-form";
import { notes } from "./texts/decisions";
import { TooLateDialog } from "./too-late-dialog";
import { useDecide } from "./use-decide";
import { isAwaitingDecision } from "./versions";

const FORM_ID = "proposal-note";
const SCHEMAS = {
  changes: z.object({ note: field(zChangeRequest.shape.message, { missing: notes.changes.missing }) }),
  decline: z.object({ note: field(zDecline.shape.reason) }),
};

/** Takes the words that go with asking for changes, or with a no. */
export default function NoteDialog({ proposal, ask, onClose }: { proposal: ProposalOut; ask: "changes" | "decline"; onClose: () => void }) {
  const form = useSchemaForm(SCHEMAS[ask], { note: "" });
  const { close, question } = useCloseGuard(form.formState, onClose);
  const { notice } = useKeptWork(form, decisionForm(proposal, ask));
  const decide = useDecide(proposal);
  const words = notes[ask];
  const business = useBranding();
  const path = { proposal_id: proposal.id };
  // While the reader's own answer is under way, it is theirs that decides.
  if (!isAwaitingDecision(proposal) && !form.formState.isSubmitting) return <TooLateDialog proposal={proposal} onClose={onClose} />;
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      title={words.title}
      description={business && words.description(business.name)}
      actions={
        <>
          <Button onClick={close}>{notes.cancel}</Button>
          <Button type="submit" form={FORM_ID} variant={ask === "decline" ? "danger" : "primary"} isBusy={form.formState.isSubmitting}>
            {words.verb}
          </Button>
        </>
      }
    >
      <Form
        id={FORM_ID}
        form={form}
        names={{ message: "note", reason: "note" }}
        onSubmit={async (values) => {
          await decide(() =>
            ask === "changes"
              ? requestProposalChanges({ path, body: { message: values.note }, throwOnError: true })
              : declineProposal({ path, body: values.note ? { reason: values.note } : {}, throwOnError: true }),
          );
          onClose();
        }}
      >
        {notice}
        <Field label={words.label} hint={words.hint} isOptional={ask === "decline"} error={form.formState.errors.note?.message}>
          <Textarea {...form.register("note")} />
        </Field>
      </Form>
      {question}
    </Dialog>
  );
}
