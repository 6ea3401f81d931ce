import * as z from "zod/mini";
import type { BusinessOut } from "@/api/generated";
import { zFrontDoorBody, zOfferBody } from "@/api/schemas/business/zod.gen";
import { field, useSchemaForm } from "@/lib/form";
import { SettingsForm } from "@/lib/settings-form";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Textarea } from "@/ui/primitives/textarea";
import { useSaveBusiness } from "./save";
import { frontDoor } from "./texts";

const { shape } = zFrontDoorBody;
const offer = z
  .object({ title: field(z.string().check(z.maxLength(80))), text: field(zOfferBody.shape.text) })
  // An offer is known by its title; without one its description would be dropped.
  .check(z.refine(({ title, text }) => title !== "" || text === "", { path: ["title"], error: frontDoor.offer.missing }));
const schema = z.object({
  headline: field(shape.headline),
  introduction: field(shape.introduction),
  offers: z.tuple([offer, offer, offer]),
  contact: field(shape.contact),
  about: field(shape.about),
});
const NO_OFFER = { title: "", text: "" };

/** Edits what the first page says to people who have not signed in. */
export function FrontDoorSection({ business }: { business: BusinessOut }) {
  const door = business.front_door;
  const offerAt = (index: number) => ({ ...NO_OFFER, ...door.offers?.[index] });
  const saved = {
    headline: door.headline ?? "",
    introduction: door.introduction ?? "",
    offers: [offerAt(0), offerAt(1), offerAt(2)] as [typeof NO_OFFER, typeof NO_OFFER, typeof NO_OFFER],
    contact: door.contact ?? "",
    about: door.about ?? "",
  };
  const form = useSchemaForm(schema, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  return (
    <SettingsForm
      title={frontDoor.title}
      form={form}
      saved={saved}
      revision={business.revision}
      done={frontDoor.saved}
      onSave={(values, revision) => save({ front_door: { ...values, offers: values.offers.filter(({ title }) => title !== "") } }, revision)}
    >
      <Field label={frontDoor.headline.label} isOptional error={errors.headline?.message}>
        <Input {...form.register("headline")} />
      </Field>
      <Field label={frontDoor.introduction.label} isOptional hint={frontDoor.introduction.hint} error={errors.introduction?.message}>
        <Textarea rows={3} {...form.register("introduction")} />
      </Field>
      {([0, 1, 2] as const).map((index) => (
        <fieldset key={index} className="flex flex-col gap-3 border-l-2 border-line pl-4">
          <legend className="sr-only">{frontDoor.offer.label(index + 1)}</legend>
          <Field label={frontDoor.offer.label(index + 1)} isOptional error={errors.offers?.[index]?.title?.message}>
            <Input {...form.register(`offers.${index}.title`)} />
          </Field>
          <Field label={frontDoor.offer.text.label(index + 1)} isLabelHidden error={errors.offers?.[index]?.text?.message}>
            <Input placeholder={frontDoor.offer.text.prompt} {...form.register(`offers.${index}.text`)} />
          </Field>
        </fieldset>
      ))}
      <Field label={frontDoor.contact.label} isOptional hint={frontDoor.contact.hint} error={errors.contact?.message}>
        <Input {...form.register("contact")} />
      </Field>
      <Field label={frontDoor.about.label} isOptional hint={frontDoor.about.hint} error={errors.about?.message}>
        <Textarea rows={5} {...form.register("about")} />
      </Field>
      <a href="/" target="_blank" rel="noreferrer" className="self-start text-base text-accent underline">
        {frontDoor.open}
      </a>
    </SettingsForm>
  );
}
