import type { ReactNode } from "react";
import type { UseFormReturn } from "react-hook-form";
import * as z from "zod/mini";
import type { BusinessEdit, BusinessOut } from "@/api/generated";
import { zBusinessEdit } from "@/api/schemas/business/zod.gen";
import { field, useSchemaForm } from "@/lib/form";
import { SettingsForm } from "@/lib/settings-form";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { useSaveBusiness } from "./save";

/** The members of the business that are texts. */
export type TextMember = { [Member in keyof BusinessEdit]-?: string extends NonNullable<BusinessEdit[Member]> ? Member : never }[keyof BusinessEdit];

/** What a card says. Each member that has words here has a field there, in this order. */
export interface CardWords {
  title: string;
  saved: string;
  fields: Partial<Record<TextMember, MemberWords>>;
}

interface MemberWords {
  /** May tell what the business calls its tax. */
  label: string | ((taxName: string) => string);
  isOptional?: boolean;
  hint?: string;
  /** What a list says before anything is chosen. */
  prompt?: string;
  missing?: string;
  invalid?: string;
}

type Values = Record<string, string>;

export interface MembersFormProps {
  business: BusinessOut;
  words: CardWords;
  /** As of a `SettingsForm`. */
  keptAs?: string;
  /** What takes a text that is no ordinary line. */
  controls?: Partial<Record<TextMember, (form: UseFormReturn<Values>) => ReactNode>>;
}

/** Edits the members of the business that a card has words for. */
export function MembersForm({ business, words: { title, saved: done, fields }, keptAs, controls = {} }: MembersFormProps) {
  const members = Object.entries(fields) as [TextMember, MemberWords][];
  const saved: Values = Object.fromEntries(members.map(([member]) => [member, business[member] ?? ""]));
  const schema = z.object(Object.fromEntries(members.map(([member, words]) => [member, field(zBusinessEdit.shape[member], words)])));
  const form = useSchemaForm(schema, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  return (
    <SettingsForm title={title} keptAs={keptAs} form={form} saved={saved} revision={business.revision} done={done} onSave={(values, revision) => save(editOf(values), revision)}>
      {members.map(([member, { label, isOptional, hint }]) => (
        <Field key={member} label={typeof label === "string" ? label : label(business.tax_name)} isOptional={isOptional} hint={hint} error={errors[member]?.message}>
          {controls[member]?.(form) ?? <Input {...form.register(member)} />}
        </Field>
      ))}
    </SettingsForm>
  );
}

/** Gives what the server takes: where a member may be null, an empty text takes it away. */
function editOf(values: Values): BusinessEdit {
  const { shape } = zBusinessEdit;
  const sent = Object.entries(values).map(([member, text]) => [member, text === "" && z.safeParse(shape[member as TextMember], null).success ? null : text]);
  return z.parse(zBusinessEdit, Object.fromEntries(sent));
}
