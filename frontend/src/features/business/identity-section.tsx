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
import { contact, names, registration } from "./texts";

const { shape } = zBusinessEdit;
const namesSchema = z.object({
  name: field(shape.name, { missing: names.name.missing }),
  legal_name: field(shape.legal_name),
  address: field(shape.address),
  country: field(shape.country),
});
const registrationSchema = z.object({ registration_number: field(shape.registration_number), tax_number: field(shape.tax_number) });
const contactSchema = z.object({ email: field(shape.email, { invalid: contact.email.invalid }), phone: field(shape.phone), website: field(shape.website) });
const COUNTRIES = countries();

/** Edits who the business is and how it is reached. */
export function IdentitySection({ business }: { business: BusinessOut }) {
  return (
    <>
      <NamesForm business={business} />
      <RegistrationForm business={business} />
      <ContactForm business={business} />
    </>
  );
}

function NamesForm({ business }: { business: BusinessOut }) {
  const saved = { name: business.name, legal_name: business.legal_name, address: business.address, country: business.country ?? "" };
  const form = useSchemaForm(namesSchema, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  const country = useWatch({ control: form.control, name: "country" });
  return (
    <SettingsForm
      title={names.title}
      keptAs="business.names"
      form={form}
      saved={saved}
      revision={business.revision}
      done={names.saved}
      onSave={(values, revision) => save({ ...values, country: values.country || null }, revision)}
    >
      <Field label={names.name.label} hint={names.name.hint} error={errors.name?.message}>
        <Input autoComplete="organization" {...form.register("name")} />
      </Field>
      <Field label={names.legalName.label} isOptional hint={names.legalName.hint} error={errors.legal_name?.message}>
        <Input {...form.register("legal_name")} />
      </Field>
      <Field label={names.address.label} hint={names.address.hint} error={errors.address?.message}>
        <Textarea rows={3} autoComplete="street-address" {...form.register("address")} />
      </Field>
      <Field label={names.country.label} isOptional error={errors.country?.message}>
        <Combobox options={COUNTRIES} value={country} placeholder={names.country.prompt} onChange={(code) => form.setValue("country", code ?? "", { shouldDirty: true })} />
      </Field>
    </SettingsForm>
  );
}

/** Not kept when the session ends: the numbers lie encrypted in the database, and in no browser. */
function RegistrationForm({ business }: { business: BusinessOut }) {
  const saved = { registration_number: business.registration_number ?? "", tax_number: business.tax_number ?? "" };
  const form = useSchemaForm(registrationSchema, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  return (
    <SettingsForm
      title={registration.title}
      form={form}
      saved={saved}
      revision={business.revision}
      done={registration.saved}
      onSave={(values, revision) => save({ registration_number: values.registration_number || null, tax_number: values.tax_number || null }, revision)}
    >
      <Field label={registration.registrationNumber.label} isOptional hint={registration.registrationNumber.hint} error={errors.registration_number?.message}>
        <Input {...form.register("registration_number")} />
      </Field>
      <Field label={registration.taxNumber.label(business.tax_name)} isOptional hint={registration.taxNumber.hint} error={errors.tax_number?.message}>
        <Input {...form.register("tax_number")} />
      </Field>
    </SettingsForm>
  );
}

function ContactForm({ business }: { business: BusinessOut }) {
  const saved = { email: business.email ?? "", phone: business.phone ?? "", website: business.website ?? "" };
  const form = useSchemaForm(contactSchema, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  return (
    <SettingsForm
      title={contact.title}
      keptAs="business.contact"
      form={form}
      saved={saved}
      revision={business.revision}
      done={contact.saved}
      onSave={(values, revision) => save({ email: values.email || null, phone: values.phone || null, website: values.website || null }, revision)}
    >
      <Field label={contact.email.label} isOptional error={errors.email?.message}>
        <Input type="email" autoComplete="email" {...form.register("email")} />
      </Field>
      <Field label={contact.phone.label} isOptional error={errors.phone?.message}>
        <Input type="tel" autoComplete="tel" {...form.register("phone")} />
      </Field>
      <Field label={contact.website.label} isOptional hint={contact.website.hint} error={errors.website?.message}>
        <Input type="url" autoComplete="url" {...form.register("website")} />
      </Field>
    </SettingsForm>
  );
}
