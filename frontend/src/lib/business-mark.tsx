import type { BrandingOut } from "@/api/generated";

/** Shows whose pages these are: the logo of the business; where it has none, its initial in its colour, and its name, as its front door does. */
export function BusinessMark({ branding }: { branding: BrandingOut | undefined }) {
  if (!branding) return <span aria-hidden="true" className="h-7" />;
  const { logo, name } = branding;
  if (logo) return <img src={logo.url} alt={name} width={logo.width} height={logo.height} className="h-7 w-auto max-w-40 object-contain object-left" />;
  return (
    <span className="inline-flex min-w-0 items-center gap-2 text-[0.9375rem] font-semibold tracking-[-0.011em] text-ink">
      {/* Drawn and not written: a link's name holds all of its text. */}
      <span
        aria-hidden="true"
        data-initial={/^./u.exec(name)?.[0].toUpperCase()}
        className="grid size-7 shrink-0 place-items-center rounded-control bg-accent text-on-accent before:content-[attr(data-initial)] print:[print-color-adjust:exact]"
      />
      <span className="line-clamp-2 wrap-anywhere max-sm:block max-sm:truncate max-sm:text-sm max-sm:leading-tight" title={name}>
        {name}
      </span>
    </span>
  );
}
