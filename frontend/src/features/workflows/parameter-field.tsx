import type { UseFormRegisterReturn } from "react-hook-form";
import type { ParameterOut } from "@/api/generated";
import { Checkbox } from "@/ui/primitives/checkbox";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { PasswordInput } from "@/ui/primitives/password-input";
import { deployment } from "./texts/deploy";

/** Asks for one value of a deployment, in the shape of its type. */
export function ParameterField({ parameter, error, register }: { parameter: ParameterOut; error: string | undefined; register: () => UseFormRegisterReturn }) {
  const { label, type, required, default: preset } = parameter;
  if (type === "BOOLEAN") return <Checkbox label={label} defaultChecked={preset === true} {...register()} />;
  const shown = preset === null ? "" : String(preset);
  return (
    <Field label={label} isOptional={!required} error={error} hint={type === "SECRET" ? deployment.secretHint : undefined}>
      {type === "SECRET" ? (
        <PasswordInput autoComplete="off" {...register()} />
      ) : (
        <Input defaultValue={shown} inputMode={type === "NUMBER" ? "decimal" : "text"} isNumeric={type === "NUMBER"} {...register()} />
      )}
    </Field>
  );
}
