import type { LinkProps } from "@tanstack/react-router";

/** Where a line of the palette leads: a page, a document of the server, or something done at once. */
export type Goal = { link: LinkProps } | { href: string } | { run: () => void };
