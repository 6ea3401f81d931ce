import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect } from "react";
import type { BrandingOut } from "@/api/generated";
import { getBrandingOptions } from "@/api/generated/@tanstack/react-query.gen";

const KEPT = "capecontrol:face";
const ICON = "/favicon.svg";
const TOKENS = { "--accent": "accent", "--accent-2": "hover", "--on-accent": "on_accent", "--soft": "soft", "--soft-ink": "on_soft" } as const;

/** Gives the face of the business: at once what it was at the last visit, then what it is. */
export function useBranding(): BrandingOut | undefined {
  const { data } = useQuery({ ...getBrandingOptions(), staleTime: 60_000, placeholderData: kept });
  return data;
}

/** Gives the face of the business and puts it on the page, in both schemes, for as long as the page is open to clients. */
export function useBusinessFace(isWorn = true): BrandingOut | undefined {
  const branding = useBranding();
  useLayoutEffect(() => {
    if (!branding || !isWorn) return;
    keep(branding);
    const { style } = document.documentElement;
    for (const [token, member] of Object.entries(TOKENS)) style.setProperty(token, `light-dark(${branding.light[member]}, ${branding.dark[member]})`);
    setIcon(branding.logo?.url ?? ICON);
    return () => {
      for (const token of Object.keys(TOKENS)) style.removeProperty(token);
      setIcon(ICON);
    };
  }, [branding, isWorn]);
  return branding;
}

function setIcon(address: string): void {
  const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  if (!link) return;
  link.href = address;
  link.type = address === ICON ? "image/svg+xml" : "image/png";
}

function keep(branding: BrandingOut): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(branding));
  } catch {
    // Storage may be closed to us; the next visit then waits for the answer.
  }
}

function kept(): BrandingOut | undefined {
  try {
    const text = localStorage.getItem(KEPT);
    return text ? (JSON.parse(text) as BrandingOut) : undefined;
  } catch {
    return undefined;
  }
}
