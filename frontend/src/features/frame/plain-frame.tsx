import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { BusinessMark } from "@/lib/business-mark";
import { useBusinessFace } from "@/lib/face";
import { cx } from "@/ui/class-names";
import { SiteName } from "@/ui/patterns/site-name";
import { LocalBanner } from "./local-banner";
import { plainFrame as texts } from "./texts/plain";

/** Frames the pages before the app, in the name of the business: one calm card in the middle. */
export function PlainFrame({ children, isWide = false }: { children: ReactNode; isWide?: boolean }) {
  const branding = useBusinessFace();
  const site = branding?.name ?? texts.portal;
  return (
    <SiteName value={site}>
      <div className="flex min-h-dvh flex-col">
        <LocalBanner />
        <main className="grid flex-1 place-items-center px-4 py-8">
          <div className={cx("w-full rounded-card border border-line bg-surface p-10 shadow-float max-sm:p-5", isWide ? "max-w-[40rem]" : "max-w-[25rem]")}>
            <Link to="/" className="mb-7 inline-flex text-ink no-underline" aria-label={texts.home(site)}>
              <BusinessMark branding={branding} />
            </Link>
            {children}
          </div>
        </main>
      </div>
    </SiteName>
  );
}
