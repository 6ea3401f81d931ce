import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { get } from "react-hook-form";
import { ApiError } from "@/lib/problem";

/** Turns "/line_items/0/unit_price" into "line_items.0.unit_price". */
export function pointerToName(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}

/**
 * Puts the server's field errors to the fields of a form; the first gets the focus.
 * Gives what belongs to no field, to be shown above the form. `names` maps where body and form differ.
 */
export function applyServerErrors<Values extends FieldValues, Context, Output>(
  form: UseFormReturn<Values, Context, Output>,
  error: ApiError,
  names: Record<string, FieldPath<Values>> = {},
): string[] {
  const rest: string[] = [];
  let isFirst = true;
  for (const { pointer, detail } of error.fields) {
    const bare = pointerToName(pointer);
    const name = (names[bare] ?? fieldFor(form, bare)) as FieldPath<Values> | undefined;
    if (!name) {
      rest.push(detail);
      continue;
    }
    form.setError(name, { type: "server", message: detail }, { shouldFocus: isFirst });
    isFirst = false;
  }
  return error.fields.length === 0 ? [error.detail] : rest;
}

/** Finds the field itself or the nearest one above it ("unit_price.amount" → "unit_price"). */
function fieldFor<Values extends FieldValues, Context, Output>(form: UseFormReturn<Values, Context, Output>, name: string): string | undefined {
  const values = form.getValues();
  for (let parts = name.split("."); parts.length > 0; parts = parts.slice(0, -1)) {
    const candidate = parts.join(".");
    const value: unknown = get(values, candidate);
    if (value !== undefined && (typeof value !== "object" || value === null)) return candidate;
  }
  return undefined;
}
