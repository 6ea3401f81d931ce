import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import type { BusinessOut } from "@/api/generated";
import { zBusinessEdit } from "@/api/schemas/business/zod.gen";
import { field, useSchemaForm } from "@/lib/form";
import { SettingsForm } from "@/lib/settings-form";
import { Combobox } from "@/ui/primitives/combobox";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Textarea } from "@/ui/primitives/textarea";
import { countries } from "./choices";
import { useSaveBusiness } from "./save";

const { shape } = zBusinessEdit;
const names = z.object({
  name: field(shape.name, { missing: "Enter the name that clients know." }),
  legal_name: field(shape.legal_name),
  address: field(shape.address),
  country: field(shape.country),
});
const numbers = z.object({ registration_number: field(shape.registration_number), tax_number: field(shape.tax_number) });
const contact = z.object({ email: field(shape.email), phone: field(shape.phone), website: field(shape.website) });
const COUNTRIES = countries();

/** Edits who the business is and how it is reached. */
export function IdentitySection({ business }: { business: BusinessOut }) {
  return (
    <>
      <NamesForm business={business} />
      <NumbersForm business={business} />
      <ContactForm business={business} />
    </>
  );
}

function NamesForm({ business }: { business: BusinessOut }) {
  const saved = { name: business.name, legal_name: business.legal_name, address: business.address, country: business.country ?? "" };
  const form = useSchemaForm(names, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  const country = useWatch({ control: form.control, name: "country" });
  return (
    <SettingsForm
      title="Name and address"
      form={form}
      saved={saved}
      revision={business.revision}
      done="Name and address saved"
      onSave={(values, revision) => save({ ...values, country: values.country || null }, revision)}
    >
      <Field label="Trading name" hint="On every page, e-mail and document that a client sees." error={errors.name?.message}>
        <Input autoComplete="organization" {...form.register("name")} />
      </Field>
      <Field label="Legal name" isOptional hint="As registered, for example with (Pty) Ltd or B.V." error={errors.legal_name?.message}>
        <Input {...form.register("legal_name")} />
      </Field>
      <Field label="Address" hint="Printed line by line on proposals and invoices." error={errors.address?.message}>
        <Textarea rows={3} autoComplete="street-address" {...form.register("address")} />
      </Field>
      <Field label="Country" isOptional error={errors.country?.message}>
        <Combobox options={COUNTRIES} value={country} placeholder="Choose a country" onChange={(code) => form.setValue("country", code ?? "", { shouldDirty: true })} />
      </Field>
    </SettingsForm>
  );
}

function NumbersForm({ business }: { business: BusinessOut }) {
  const saved = { registration_number: business.registration_number ?? "", tax_number: business.tax_number ?? "" };
  const form = useSchemaForm(numbers, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  return (
    <SettingsForm
      title="Registration"
      form={form}
      saved={saved}
      revision={business.revision}
      done="Registration saved"
      onSave={(values, revision) => save({ registration_number: values.registration_number || null, tax_number: values.tax_number || null }, revision)}
    >
      <Field label="Registration number" isOptional error={errors.registration_number?.message}>
        <Input {...form.register("registration_number")} />
      </Field>
      <Field label={`${business.tax_name} number`} isOptional hint="Printed on invoices." error={errors.tax_number?.message}>
        <Input {...form.register("tax_number")} />
      </Field>
    </SettingsForm>
  );
}

function ContactForm({ business }: { business: BusinessOut }) {
  const saved = { email: business.email ?? "", phone: business.phone ?? "", website: business.website ?? "" };
  const form = useSchemaForm(contact, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  return (
    <SettingsForm
      title="Contact details"
      form={form}
      saved={saved}
      revision={business.revision}
      done="Contact details saved"
      onSave={(values, revision) => save({ email: values.email || null, phone: values.phone || null, website: values.website || null }, revision)}
    >
      <Field label="E-mail address" isOptional error={errors.email?.message}>
        <Input type="email" autoComplete="email" {...form.register("email")} />
      </Field>
      <Field label="Phone" isOptional error={errors.phone?.message}>
        <Input type="tel" autoComplete="tel" {...form.register("phone")} />
      </Field>
      <Field label="Website" isOptional hint="Begins with https://" error={errors.website?.message}>
        <Input type="url" autoComplete="url" {...form.register("website")} />
      </Field>
    </SettingsForm>
  );
}
