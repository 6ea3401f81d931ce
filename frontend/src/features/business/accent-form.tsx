import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import type { BusinessOut } from "@/api/generated";
import { field, useSchemaForm } from "@/lib/form";
import { SettingsForm } from "@/lib/settings-form";
import { DoneMark, FailedMark, Icon } from "@/ui/icon";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { complaintAbout, DARK, darkAccent, isColour, LIGHT, pairsOf, ratioText, type Scheme } from "./accent";
import { useSaveBusiness } from "./save";
import { accentColour, contrast } from "./texts";

function colour(scheme: Scheme, missing?: string) {
  const judged = z.string().check(z.refine((text: string) => isColour(text) && !complaintAbout(text.trim().toLowerCase(), scheme)));
  return field(judged, { ...(missing ? { missing } : {}), invalid: (text) => (isColour(text) ? (complaintAbout(text.toLowerCase(), scheme) ?? accentColour.invalid) : accentColour.invalid) });
}

const schema = z.object({ accent: colour(LIGHT, accentColour.light.missing), accent_dark: colour(DARK) });

/** Edits the accent colour, and shows while it is typed whether everybody can read it. */
export function AccentForm({ business }: { business: BusinessOut }) {
  const saved = { accent: business.accent, accent_dark: business.accent_dark ?? "" };
  const form = useSchemaForm(schema, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  const [accent, accentDark] = useWatch({ control: form.control, name: ["accent", "accent_dark"] });
  const light = isColour(accent) ? accent.trim().toLowerCase() : business.accent;
  const derived = darkAccent(light);
  const dark = isColour(accentDark) ? accentDark.trim().toLowerCase() : derived;
  const { hint } = accentColour.dark;
  return (
    <SettingsForm
      title={accentColour.title}
      keptAs="business.accent"
      form={form}
      saved={saved}
      revision={business.revision}
      done={accentColour.saved}
      onSave={(values, revision) => save({ accent: values.accent, accent_dark: values.accent_dark || null }, revision)}
    >
      <div className="@container flex flex-col gap-5">
        <div className="grid grid-cols-2 gap-5 @max-lg:grid-cols-1">
          <Field label={accentColour.light.label} hint={accentColour.light.hint} error={errors.accent?.message}>
            <ColourInput label={accentColour.pick.light} value={light} onPick={(value) => form.setValue("accent", value, { shouldDirty: true, shouldValidate: true })}>
              <Input spellCheck={false} className="font-mono" {...form.register("accent")} />
            </ColourInput>
          </Field>
          <Field label={accentColour.dark.label} isOptional hint={derived === light ? hint.same : hint.lighter(derived)} error={errors.accent_dark?.message}>
            <ColourInput label={accentColour.pick.dark} value={dark} onPick={(value) => form.setValue("accent_dark", value, { shouldDirty: true, shouldValidate: true })}>
              <Input spellCheck={false} className="font-mono" placeholder={derived} {...form.register("accent_dark")} />
            </ColourInput>
          </Field>
        </div>
        <div className="grid grid-cols-2 gap-5 @max-lg:grid-cols-1">
          <SchemePreview scheme={LIGHT} accent={light} />
          <SchemePreview scheme={DARK} accent={dark} />
        </div>
      </div>
    </SettingsForm>
  );
}

function ColourInput({ label, value, onPick, children }: { label: string; value: string; onPick: (value: string) => void; children: React.ReactNode }) {
  return (
    <div className="flex gap-2">
      <input type="color" aria-label={label} value={value} onChange={(event) => onPick(event.target.value)} className="h-8 w-10 shrink-0 cursor-pointer rounded-control border border-edge bg-surface p-0.5" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

/** Shows a button and a link in the colour, and the contrast of each pair. */
function SchemePreview({ scheme, accent }: { scheme: Scheme; accent: string }) {
  const ink = scheme.name === "light" ? "#1b2430" : "#e8ecf1";
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-4 rounded-control border border-line p-4" style={{ background: scheme.page, color: ink }} aria-hidden="true">
        <span className="rounded-control px-3 py-1 text-base font-medium" style={{ background: accent, color: scheme.onAccent }}>
          {accentColour.sample.button}
        </span>
        <span className="text-base underline" style={{ color: accent }}>
          {accentColour.sample.link}
        </span>
      </div>
      <table className="w-full text-sm">
        <caption className="sr-only">{contrast.caption[scheme.name]}</caption>
        <thead className="sr-only">
          <tr>
            <th>{contrast.columns.use}</th>
            <th>{contrast.columns.contrast}</th>
          </tr>
        </thead>
        <tbody>
          {pairsOf(accent, scheme).map((pair) => (
            <tr key={pair.use} className="border-b border-line last:border-0">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal text-ink-2">{contrast.uses[pair.use]}</th>
              <td className="py-1.5 text-right whitespace-nowrap">
                <span className={pair.isEnough ? "tabular inline-flex items-center gap-1 text-ok" : "tabular inline-flex items-center gap-1 text-bad"}>
                  <Icon of={pair.isEnough ? DoneMark : FailedMark} size="sm" />
                  {(pair.isEnough ? contrast.isEnough : contrast.isTooLittle)(ratioText(pair.contrast), ratioText(pair.needed))}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
