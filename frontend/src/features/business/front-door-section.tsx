import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import type { BusinessOut, OfferOut } from "@/api/generated";
import { zFrontDoorBody, zOfferBody, zOfferPictureBody } from "@/api/schemas/business/zod.gen";
import { field, useSchemaForm } from "@/lib/form";
import { SettingsForm } from "@/lib/settings-form";
import { ExternalIcon, Icon } from "@/ui/icon";
import { buttonStyle } from "@/ui/primitives/button-style";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { LongInput } from "@/ui/primitives/long-input";
import { Textarea } from "@/ui/primitives/textarea";
import { OfferPicture, type PictureValue } from "./offer-picture";
import { useSaveBusiness } from "./save";
import { frontDoor } from "./texts";

const { shape } = zFrontDoorBody;
const picture = z.object({ sha256: z.string(), alt: field(zOfferPictureBody.shape.alt) });
const offer = z
  .object({ title: field(zOfferBody.shape.title), text: field(zOfferBody.shape.text), picture: z.nullable(picture) })
  // An offer is known by its title; without one its description and its picture would be dropped.
  .check(z.refine(({ title, text, picture }) => title !== "" || (text === "" && picture === null), { path: ["title"], error: frontDoor.offer.missing }));
const schema = z.object({
  headline: field(shape.headline),
  introduction: field(shape.introduction),
  offers: z.tuple([offer, offer, offer]),
  contact: field(shape.contact),
  about: field(shape.about),
});
interface OfferValue {
  title: string;
  text: string;
  picture: PictureValue | null;
}
const NO_OFFER: OfferValue = { title: "", text: "", picture: null };
/** Where the server's body and the form differ. */
const NAMES = {
  "front_door.offers.0.picture": "offers.0.picture",
  "front_door.offers.1.picture": "offers.1.picture",
  "front_door.offers.2.picture": "offers.2.picture",
} as const;

/** Edits what the first page says to people who have not signed in. */
export function FrontDoorSection({ business }: { business: BusinessOut }) {
  const door = business.front_door;
  const offerAt = (index: number) => valueOf(door.offers[index]);
  const saved = {
    headline: door.headline,
    introduction: door.introduction,
    offers: [offerAt(0), offerAt(1), offerAt(2)] as [OfferValue, OfferValue, OfferValue],
    contact: door.contact,
    about: door.about,
  };
  const form = useSchemaForm(schema, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  const offers = useWatch({ control: form.control, name: "offers" });
  const urls = Object.fromEntries(door.offers.flatMap((one) => (one.picture ? [[one.picture.sha256, one.picture.url]] : [])));
  return (
    <SettingsForm
      title={frontDoor.title}
      keptAs="business.front-door"
      form={form}
      saved={saved}
      revision={business.revision}
      names={NAMES}
      done={frontDoor.saved}
      onSave={(values, revision) => save({ front_door: { ...values, offers: values.offers.filter(({ title }) => title !== "") } }, revision)}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-control bg-sunk px-4 py-3">
        <span className="min-w-0 flex-1 basis-60 text-sm text-ink-2">{frontDoor.previewHint}</span>
        <a href="/" target="_blank" rel="noreferrer" className={buttonStyle("secondary", "md")}>
          <Icon of={ExternalIcon} />
          {frontDoor.preview}
        </a>
      </div>
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
          <Field label={frontDoor.offer.text.label(index + 1)} isOptional error={errors.offers?.[index]?.text?.message}>
            <LongInput placeholder={frontDoor.offer.text.prompt} {...form.register(`offers.${index}.text`)} />
          </Field>
          <OfferPicture
            number={index + 1}
            value={offers[index].picture}
            urls={urls}
            error={errors.offers?.[index]?.picture?.message}
            altError={errors.offers?.[index]?.picture?.alt?.message}
            onChange={(value) => {
              form.clearErrors(`offers.${index}.picture`);
              form.setValue(`offers.${index}.picture`, value, { shouldDirty: true });
            }}
          />
        </fieldset>
      ))}
      <Field label={frontDoor.contact.label} isOptional hint={frontDoor.contact.hint} error={errors.contact?.message}>
        <LongInput {...form.register("contact")} />
      </Field>
      <Field label={frontDoor.about.label} isOptional hint={frontDoor.about.hint} error={errors.about?.message}>
        <Textarea rows={5} {...form.register("about")} />
      </Field>
    </SettingsForm>
  );
}

function valueOf(offer: OfferOut | undefined): OfferValue {
  if (!offer) return NO_OFFER;
  const { title, text, picture } = offer;
  return { title, text, picture: picture && { sha256: picture.sha256, alt: picture.alt } };
}
