import type { BrandingOut } from "@/api/generated";
import { RichText } from "@/ui/patterns/rich-text";
import { OutsideLink, TextLink } from "@/ui/primitives/link";
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

function sentence({ name, email, phone }: BrandingOut): string {
  if (email && phone) return texts.emailAndPhone(name, email, phone);
  if (email) return texts.email(name, email);
  return phone ? texts.phone(name, phone) : texts.neither(name);
}

const mailto = (address: string) => `mailto:${address}`;
const tel = (number: string) => `tel:${number.replaceAll(" ", "")}`;
