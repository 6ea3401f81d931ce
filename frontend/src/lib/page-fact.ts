import type { BrandingOut, VersionOut } from "@/api/generated";

interface Facts {
  version: VersionOut;
  branding: BrandingOut;
}

/** Gives what the server told this page in its head (`main/http/pages/facts.py`); undefined where another server sent it. */
export function pageFact<Name extends keyof Facts>(name: Name): Facts[Name] | undefined {
  const written = document.querySelector<HTMLMetaElement>(`meta[name="capecontrol-${name}"]`)?.content;
  return written ? (JSON.parse(written) as Facts[Name]) : undefined;
}
