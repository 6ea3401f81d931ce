import * as z from "zod/mini";
import { approveProposal, type ProposalOut } from "@/api/generated";
import { zApproval } from "@/api/schemas/proposals/zod.gen";
import { field, Form, useSchemaForm } from "@/lib/form";
import { useMe } from "@/lib/session/me";
import { useRefresh } from "@/lib/refresh";
import { formatMoney } from "@/ui/patterns/money-format";
import { Button } from "@/ui/primitives/button";
import { Dialog } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { useToast } from "@/ui/primitives/toast";
import { changedByStep } from "./changes";

const FORM_ID = "approve";
const schema = z.object({ name: field(zApproval.shape.name, { missing: "Enter your full name." }) });

/** Reads back what is approved and takes the name as consent. */
export default function ApproveDialog({ proposal, onClose, onApproved }: { proposal: ProposalOut; onClose: () => void; onApproved: (() => void) | undefined }) {
  const me = useMe();
  const form = useSchemaForm(schema, { name: me.full_name });
  const refresh = useRefresh();
  const toast = useToast();
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Approve “${proposal.title}”?`}
      description={`Version ${proposal.version}, ${formatMoney(proposal.total)} including ${proposal.tax_name}. You accept it for ${proposal.organization.name}; then you can pay.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={FORM_ID} variant="primary" isBusy={form.formState.isSubmitting}>
            Approve
          </Button>
        </>
      }
    >
      <Form
        id={FORM_ID}
        form={form}
        onSubmit={async ({ name }) => {
          // The hash says which text was read; if it changed meanwhile, the server refuses.
          await approveProposal({ path: { proposal_id: proposal.id }, body: { name, content_hash: proposal.content_hash }, throwOnError: true });
          await refresh(changedByStep(proposal));
          onClose();
          toast("Proposal approved");
          onApproved?.();
        }}
      >
        <Field label="Your full name" hint="It stands on the record with the time." error={form.formState.errors.name?.message}>
          <Input autoComplete="name" {...form.register("name")} />
        </Field>
      </Form>
    </Dialog>
  );
}
