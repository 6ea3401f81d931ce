import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useForm, type DefaultValues, type FieldValues, type UseFormReturn } from "react-hook-form";
import type { core } from "zod/mini";

/** Makes a form whose values a Zod schema checks; errors show on submit and mend themselves while typing. */
export function useSchemaForm<Schema extends core.$ZodType<FieldValues, FieldValues>>(
  schema: Schema,
  defaultValues: DefaultValues<core.input<Schema>>,
): UseFormReturn<core.input<Schema>, unknown, core.output<Schema>> {
  return useForm<core.input<Schema>, unknown, core.output<Schema>>({
    // By the common interface of schema libraries: Zod's own resolver would bring all of Zod into the first page.
    resolver: standardSchemaResolver(schema),
    defaultValues,
  });
}
