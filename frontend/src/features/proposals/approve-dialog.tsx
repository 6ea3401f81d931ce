import * as z from "zod/mini";
import { approveProposal, type ProposalOut } from "@/api/generated";
import { zApproval } from "@/api/schemas/proposals/zod.gen";
import { useCloseGuard } from "@/lib/close-guard";
import { field, Form, useSchemaForm } from "@/lib/form";
import { useKeptWork } from "@/lib/kept-work/use-kept-work";
import { useMe } from "@/lib/session/me";
import { formatMoney } from "@/ui/patterns/money-format";
import { Button } from "@/ui/primitives/button";
import { Dialog } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { decisionForm } from "./decision-form";
import { approval } from "./texts/decisions";
import { TooLateDialog } from "./too-late-dialog";
import { useDecide } from "./use-decide";
import { isAwaitingDecision } from "./versions";

const FORM_ID = "approve";
const schema = z.object({ name: field(zApproval.shape.name, { missing: approval.name.missing }) });

/** Reads back what is approved and takes the name as consent. */
export default function ApproveDialog({ proposal, onClose, onApproved }: { proposal: ProposalOut; onClose: () => void; onApproved: (() => void) | undefined }) {
  const me = useMe();
  const form = useSchemaForm(schema, { name: me.full_name });
  const { close, question } = useCloseGuard(form.formState, onClose);
  const { notice } = useKeptWork(form, decisionForm(proposal, "approve"));
  const decide = useDecide(proposal);
  // While the reader's own answer is under way, it is theirs that decides.
  if (!isAwaitingDecision(proposal) && !form.formState.isSubmitting) return <TooLateDialog proposal={proposal} onClose={onClose} />;
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      title={approval.question(proposal.title)}
      description={approval.description(proposal.version, formatMoney(proposal.total), proposal.tax_name, proposal.organization.name)}
      actions={
        <>
          <Button onClick={close}>{approval.cancel}</Button>
          <Button type="submit" form={FORM_ID} variant="primary" isBusy={form.formState.isSubmitting}>
            {approval.approve}
          </Button>
        </>
      }
    >
      <Form
        id={FORM_ID}
        form={form}
        onSubmit={async ({ name }) => {
          // The hash says which text was read; if it changed meanwhile, the server refuses.
          await decide(() => approveProposal({ path: { proposal_id: proposal.id }, body: { name, content_hash: proposal.content_hash }, throwOnError: true }));
          onClose();
          onApproved?.();
        }}
      >
        {notice}
        <Field label={approval.name.label} hint={approval.name.hint} error={form.formState.errors.name?.message}>
          <Input autoComplete="name" {...form.register("name")} />
        </Field>
      </Form>
      {question}
    </Dialog>
  );
}
