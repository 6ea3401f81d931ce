import { isProbablySignedIn } from "@/lib/session/signed-in-mark";
import { ButtonLink } from "@/ui/primitives/link";
import { NotFound, ToWork } from "./not-found";
import { PlainFrame } from "./plain-frame";
import { notFound as texts } from "./texts/not-found";

/** Says that there is nothing at this address, in the name of the business, and leads a visitor home and a reader to their work. */
export default function NotFoundPage() {
  return (
    <PlainFrame>
      <NotFound>{isProbablySignedIn() ? <ToWork /> : (
          <ButtonLink to="/" variant="primary">
            {texts.home}
          </ButtonLink>
        )}</NotFound>
    </PlainFrame>
  );
}
