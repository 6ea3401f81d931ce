import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { uploadPicture } from "@/api/generated";
import { Button } from "@/ui/primitives/button";
import { Field } from "@/ui/primitives/field";
import { FileInput } from "@/ui/primitives/file-input";
import { LongInput } from "@/ui/primitives/long-input";
import { checkSize, PICTURE_KINDS, pictureComplaint } from "./picture-file";
import { frontDoor } from "./texts";

const texts = frontDoor.offer.picture;
const BYTES_MAX = 5 * 1024 * 1024;

/** A picture that was uploaded, and what it shows. */
export interface PictureValue {
  sha256: string;
  alt: string;
}

export interface OfferPictureProps {
  number: number;
  value: PictureValue | null;
  /** Where the pictures lie that visitors see already. */
  urls: Readonly<Record<string, string>>;
  error: string | undefined;
  altError: string | undefined;
  onChange: (value: PictureValue | null) => void;
}

/** Takes the picture of an offer and shows it as visitors will; it is theirs to see once the form is saved. */
export function OfferPicture({ number, value, urls, error, altError, onChange }: OfferPictureProps) {
  const [uploaded, setUploaded] = useState<{ sha256: string; url: string }>();
  useEffect(() => {
    if (uploaded) return () => URL.revokeObjectURL(uploaded.url);
  }, [uploaded]);
  const upload = useMutation({
    mutationFn: async (file: File) => {
      checkSize(file, BYTES_MAX, texts.file.tooLarge);
      const { data } = await uploadPicture({ body: { file }, throwOnError: true });
      setUploaded({ sha256: data.sha256, url: URL.createObjectURL(file) });
      onChange({ sha256: data.sha256, alt: value?.alt ?? "" });
    },
  });
  const url = value && (urls[value.sha256] ?? (uploaded?.sha256 === value.sha256 ? uploaded.url : undefined));
  const complaint = upload.error ? pictureComplaint(upload.error) : error;
  return (
    <div className="flex gap-4 max-sm:flex-col">
      {url && <img src={url} alt={texts.preview(number)} className="aspect-3/2 w-40 shrink-0 self-start rounded-control border border-line object-cover max-sm:w-full" />}
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <Field label={texts.file.label(number)} isOptional hint={texts.file.hint} error={complaint}>
          <FileInput
            accept={PICTURE_KINDS}
            prompt={value ? texts.replace : texts.add}
            progress={upload.isPending ? texts.uploading : undefined}
            isNamed={false}
            onFile={(file) => upload.mutate(file)}
          />
        </Field>
        {value && (
          <>
            <Field label={texts.alt.label(number)} isOptional hint={texts.alt.hint} error={altError}>
              <LongInput value={value.alt} onChange={(event) => onChange({ ...value, alt: event.target.value })} />
            </Field>
            <Button
              variant="ghost"
              className="-ml-3 self-start"
              aria-label={texts.removeOf(number)}
              onClick={() => {
                upload.reset();
                onChange(null);
              }}
            >
              {texts.remove}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
