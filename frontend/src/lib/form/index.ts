export { field } from "./field";
export { Form } from "./form";
export { applyServerErrors, pointerToName } from "./server-errors";
export { useFirstFocus } from "./use-first-focus";
export { useSchemaForm } from "./use-schema-form";
