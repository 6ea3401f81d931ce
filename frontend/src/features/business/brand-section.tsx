import type { BusinessOut } from "@/api/generated";
import { AccentForm } from "./accent-form";
import { LogoCard } from "./logo-card";

/** Edits how the business looks. */
export function BrandSection({ business }: { business: BusinessOut }) {
  return (
    <>
      <LogoCard business={business} />
      <AccentForm business={business} />
    </>
  );
}
