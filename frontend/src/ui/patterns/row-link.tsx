import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** Makes the whole row lead to what it is of. */
export function RowLink({ link, children }: { link: LinkProps; children: ReactNode }) {
  return (
    <Link {...link} className="text-accent no-underline after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-control focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent">
      {children}
    </Link>
  );
}
