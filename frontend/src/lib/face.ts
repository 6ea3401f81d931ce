import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect, type CSSProperties } from "react";
import type { BrandingOut } from "@/api/generated";
import { getBrandingOptions } from "@/api/generated/@tanstack/react-query.gen";
import { pageFact } from "./page-fact";

const ICON = "/favicon.svg";
const TOKENS = { "--accent": "accent", "--accent-2": "hover", "--on-accent": "on_accent", "--soft": "soft", "--soft-ink": "on_soft" } as const;

/** Gives the face of the business, as the page was told; where it was not, or a minute later, as the server says. */
export function useBranding(): BrandingOut | undefined {
  const { data } = useQuery({ ...getBrandingOptions(), staleTime: 60_000, initialData: () => pageFact("branding") });
  return data;
}

/** Gives the face of the business and shows the page in it; in the product's own where it is not worn. It stays until another page decides. */
export function useBusinessFace(isWorn = true): BrandingOut | undefined {
  const branding = useBranding();
  useLayoutEffect(() => {
    if (isWorn) wear(branding);
    else takeOff();
  }, [branding, isWorn]);
  return branding;
}

/** Gives the colours of the business for a part of a page, such as its document on a page of the staff's consoles. */
export function coloursOf(branding: BrandingOut): CSSProperties {
  return Object.fromEntries(tokensOf(branding));
}

function wear(branding: BrandingOut | undefined): void {
  const { dataset, style } = document.documentElement;
  dataset.face = "business";
  if (!branding) return;
  // The page's head has the colours as they were when it was sent; an operator may have changed them since.
  for (const [token, colour] of tokensOf(branding)) style.setProperty(token, colour);
  setIcon(branding.logo?.url ?? ICON);
}

function tokensOf({ light, dark }: BrandingOut): [token: string, colour: string][] {
  return Object.entries(TOKENS).map(([token, member]) => [token, `light-dark(${light[member]}, ${dark[member]})`]);
}

function takeOff(): void {
  const { dataset, style } = document.documentElement;
  delete dataset.face;
  for (const token of Object.keys(TOKENS)) style.removeProperty(token);
  setIcon(ICON);
}

function setIcon(address: string): void {
  const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  if (!link) return;
  link.href = address;
  link.type = address === ICON ? "image/svg+xml" : "image/png";
}
