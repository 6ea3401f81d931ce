import { useQueryClient } from "@tanstack/react-query";
import { ContactLink } from "@/lib/business-contact";
import { useBranding } from "@/lib/face";
import { meOptions } from "@/lib/session/me";
import { RichText } from "@/ui/patterns/rich-text";
import { whomToAsk as texts } from "./texts/contact";

/** Says who can give a reader what their role leaves out: for a client an owner of the organization or the business, for an owner the business, for staff an operator. */
export function WhomToAsk() {
  const branding = useBranding();
  // Not asked for: a page that could not be shown may be one without a session.
  const me = useQueryClient().getQueryData(meOptions().queryKey);
  if (!me) return null;
  if (!me.organization) return texts.staff;
  if (!branding) return texts.owner(me.organization.name);
  const words = me.role === "OWNER" ? texts.business(branding.name) : texts.ownerOrBusiness(me.organization.name, branding.name);
  return <RichText text={words} parts={{ contact: (words) => <ContactLink branding={branding}>{words}</ContactLink> }} />;
}
