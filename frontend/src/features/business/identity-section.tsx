import { useWatch, type UseFormReturn } from "react-hook-form";
import type { BusinessOut } from "@/api/generated";
import { Combobox } from "@/ui/primitives/combobox";
import { Input } from "@/ui/primitives/input";
import { Textarea } from "@/ui/primitives/textarea";
import { countries } from "./choices";
import { MembersForm } from "./members-form";
import { contact, names, registration } from "./texts";

const COUNTRIES = countries();

/** Edits who the business is and how it is reached. */
export function IdentitySection({ business }: { business: BusinessOut }) {
  return (
    <>
      <MembersForm
        business={business}
        words={names}
        keptAs="business.names"
        controls={{
          name: ({ register }) => <Input autoComplete="organization" {...register("name")} />,
          address: ({ register }) => <Textarea rows={3} autoComplete="street-address" {...register("address")} />,
          country: (form) => <CountryPicker form={form} />,
        }}
      />
      {/* Not kept when the session ends: the numbers lie encrypted in the database, and in no browser. */}
      <MembersForm business={business} words={registration} />
      <MembersForm
        business={business}
        words={contact}
        keptAs="business.contact"
        controls={{
          email: ({ register }) => <Input type="email" autoComplete="email" {...register("email")} />,
          phone: ({ register }) => <Input type="tel" autoComplete="tel" {...register("phone")} />,
          website: ({ register }) => <Input type="url" autoComplete="url" {...register("website")} />,
        }}
      />
    </>
  );
}

function CountryPicker({ form }: { form: UseFormReturn<Record<string, string>> }) {
  const country = useWatch({ control: form.control, name: "country" });
  return <Combobox options={COUNTRIES} value={country} placeholder={names.fields.country.prompt} onChange={(code) => form.setValue("country", code ?? "", { shouldDirty: true })} />;
}
