import type { BrandingOut } from "@/api/generated";

/** Shows whose pages these are: the logo of the business, or its name where it has none. */
export function BusinessMark({ branding }: { branding: BrandingOut | undefined }) {
  if (!branding) return <span aria-hidden="true" className="h-7" />;
  if (branding.logo) return <img src={branding.logo.url} alt={branding.name} width={branding.logo.width} height={branding.logo.height} className="h-7 w-auto max-w-40 object-contain object-left" />;
  return <span className="truncate text-[0.9375rem] font-semibold tracking-[-0.011em] text-ink">{branding.name}</span>;
}
