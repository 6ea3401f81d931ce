import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import { BusinessMark } from "@/lib/business-mark";
import { useBusinessFace } from "@/lib/face";
import { markConsole } from "@/lib/face-mark";
import { useIsOnline } from "@/lib/online";
import { useMe } from "@/lib/session/me";
import { MenuIcon } from "@/ui/icon";
import { Logo } from "@/ui/patterns/logo";
import { OfflineBanner } from "@/ui/patterns/offline-banner";
import { SiteName } from "@/ui/patterns/site-name";
import { product } from "@/ui/patterns/texts/pages";
import { IconButton } from "@/ui/primitives/button";
import type { Act } from "./act";
import { CommandPalette } from "./command-palette";
import { Footer } from "./footer";
import { IdentityCheck } from "./identity-check";
import { LocalBanner } from "./local-banner";
import { placesFor } from "./navigation";
import SessionKeeper from "./session-keeper";
import { Sidebar } from "./sidebar";
import { frame as texts } from "./texts/app";
import { plainFrame } from "./texts/plain";
import { UserMenu } from "./user-menu";

const Drawer = lazy(() => import("./drawer"));

/** Frames every page of the app: header, sidebar by permission, content, footer. What can be done from anywhere is found by the search. */
export function AppFrame({ acts, children }: { acts: readonly Act[]; children: ReactNode }) {
  const me = useMe();
  const isOnline = useIsOnline();
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const places = placesFor(me.permissions);
  const isClient = me.organization !== null;
  // Staff's consoles are CapeControl's.
  const branding = useBusinessFace(isClient);
  const mark = isClient ? <BusinessMark branding={branding} /> : <Logo />;
  useEffect(() => markConsole(!isClient), [isClient]);
  return (
    <SiteName value={isClient ? (branding?.name ?? plainFrame.portal) : product}>
    <div className="flex min-h-dvh flex-col">
      <a href="#content" className="sr-only z-20 rounded-control bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        {texts.skip}
      </a>
      <header className="sticky top-0 z-10 border-b border-line bg-surface print:hidden">
        <div className="flex h-14 items-center gap-3 px-4 max-sm:gap-2">
          <IconButton icon={MenuIcon} label={texts.menu} className="-ml-1.5 lg:hidden" onClick={() => setDrawerOpen(true)} />
          <Link to="/dashboard" className="flex min-w-0 items-center text-ink no-underline lg:w-[13.5rem]">
            {me.organization ? (
              <span className="flex min-w-0 flex-col leading-tight">
                {mark}
                <span className="truncate text-xs text-ink-3 max-sm:hidden" title={texts.portalOf(me.organization.name)}>{texts.portalOf(me.organization.name)}</span>
                <span className="truncate text-xs text-ink-3 sm:hidden" title={me.organization.name}>{me.organization.name}</span>
              </span>
            ) : (
              mark
            )}
          </Link>
          <CommandPalette acts={acts} />
          <div className="ml-auto">
            <UserMenu me={me} />
          </div>
        </div>
      </header>
      {!isOnline && <OfflineBanner />}
      <LocalBanner />
      <div className="flex flex-1">
        <aside className="w-58 shrink-0 border-r border-line bg-sunk max-lg:hidden print:hidden">
          <div className="sticky top-14">
            <Sidebar places={places} />
          </div>
        </aside>
        <IdentityCheck />
        <SessionKeeper />
        {isDrawerOpen && (
          <Suspense>
            <Drawer mark={mark} places={places} onClose={() => setDrawerOpen(false)} />
          </Suspense>
        )}
        <div className="mx-auto flex min-w-0 max-w-[80rem] flex-1 flex-col gap-8 px-8 pt-8 max-lg:px-6 max-sm:px-4 max-sm:pt-5">
          <main id="content" tabIndex={-1} className="min-w-0 outline-none">
            {children}
          </main>
          <Footer />
        </div>
      </div>
    </div>
    </SiteName>
  );
}
