import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changeLogo, deleteLogo, type BusinessOut } from "@/api/generated";
import { Card } from "@/ui/patterns/card";
import { Button } from "@/ui/primitives/button";
import { Field } from "@/ui/primitives/field";
import { FileInput } from "@/ui/primitives/file-input";
import { useToast } from "@/ui/primitives/toast";
import { DARK, LIGHT } from "./accent";
import { checkSize, PICTURE_KINDS, pictureComplaint } from "./picture-file";
import { ifMatch, useSaved } from "./save";
import { logo } from "./texts";

const BYTES_MAX = 1024 * 1024;

/** Takes the logo and shows it as light and dark pages will. */
export function LogoCard({ business }: { business: BusinessOut }) {
  const saved = useSaved();
  const toast = useToast();
  const [complaint, setComplaint] = useState<string>();
  const headers = ifMatch(business.revision);
  const change = useMutation({
    mutationFn: async (file: File) => {
      setComplaint(undefined);
      checkSize(file, BYTES_MAX, logo.file.tooLarge);
      const { data } = await changeLogo({ body: { file }, headers, throwOnError: true });
      await saved(data);
    },
    onSuccess: () => toast(logo.saved),
    onError: (error) => setComplaint(pictureComplaint(error)),
  });
  const remove = useMutation({
    mutationFn: async () => {
      setComplaint(undefined);
      const { data } = await deleteLogo({ headers, throwOnError: true });
      await saved(data);
    },
    onSuccess: () => toast(logo.removed),
    onError: (error) => setComplaint(pictureComplaint(error)),
  });
  return (
    <Card
      heading="h3"
      title={logo.title}
      aside={
        business.logo && (
          <Button variant="ghost" isBusy={remove.isPending} onClick={() => remove.mutate()}>
            {logo.remove}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-5">
        <Field label={logo.file.label} hint={logo.file.hint} error={complaint}>
          <FileInput
            accept={PICTURE_KINDS}
            prompt={business.logo ? logo.replace : logo.add}
            progress={change.isPending ? logo.uploading : undefined}
            isNamed={false}
            onFile={(file) => change.mutate(file)}
          />
        </Field>
        {business.logo && (
          <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
            {[LIGHT, DARK].map((scheme) => (
              <figure key={scheme.name} className="overflow-hidden rounded-control border border-line">
                <div className="grid h-24 place-items-center p-4" style={{ background: scheme.card }}>
                  <img src={business.logo?.url} alt={logo.on[scheme.name].picture} className="max-h-12 max-w-full object-contain" />
                </div>
                <figcaption className="border-t border-line px-3 py-1.5 text-sm text-ink-3">{logo.on[scheme.name].caption}</figcaption>
              </figure>
            ))}
          </div>
        )}
      </div>
    </Card>
  );
}
