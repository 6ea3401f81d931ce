import type { BrandingOut } from "@/api/generated";
import { MailIcon } from "@/ui/icon";
import { RichText } from "@/ui/patterns/rich-text";
import { ButtonLink, OutsideButton, OutsideLink, TextLink } from "@/ui/primitives/link";
import { contact as texts } from "./texts/contact";

/** Says in a sentence whom a client asks. */
export function BusinessContact({ branding }: { branding: BrandingOut | undefined }) {
  return (
    <RichText
      text={branding ? sentence(branding) : texts.neither(undefined)}
      parts={{
        email: (address) => <OutsideLink href={mailto(address)}>{address}</OutsideLink>,
        phone: (number) => (
          <OutsideLink href={tel(number)} className="whitespace-nowrap">
            {number}
          </OutsideLink>
        ),
      }}
    />
  );
}

/** Makes words within a sentence lead to the business: to a mail, a call, or for who is signed in the page that says whom to ask. */
export function ContactLink({ branding: { email, phone }, children }: { branding: BrandingOut; children: string }) {
  if (email) return <OutsideLink href={mailto(email)}>{children}</OutsideLink>;
  if (phone) return <OutsideLink href={tel(phone)}>{children}</OutsideLink>;
  return <TextLink to="/help">{children}</TextLink>;
}

/** The same as a button, for who has nothing else to do here; a mail says what it is about. */
export function ContactButton({ branding: { name, email, phone }, about }: { branding: BrandingOut; about: string }) {
  if (email)
    return (
      <OutsideButton href={mailto(email, about)} icon={MailIcon}>
        {texts.verb(name)}
      </OutsideButton>
    );
  if (phone) return <OutsideButton href={tel(phone)}>{texts.verb(name)}</OutsideButton>;
  return <ButtonLink to="/help">{texts.verb(name)}</ButtonLink>;
}

function sentence({ name, email, phone }: BrandingOut): string {
  if (email && phone) return texts.emailAndPhone(name, email, phone);
  if (email) return texts.email(name, email);
  return phone ? texts.phone(name, phone) : texts.neither(name);
}

const mailto = (address: string, about?: string) => `mailto:${address}${about ? `?subject=${encodeURIComponent(about)}` : ""}`;
const tel = (number: string) => `tel:${number.replaceAll(" ", "")}`;
