import { useQuery } from "@tanstack/react-query";
import { Icon, InfoIcon } from "@/ui/icon";
import { versionOptions } from "@/lib/version";
import { localBanner as texts } from "./texts/plain";

/** Labels a local run: nothing here is charged, mailed or deployed outside. */
export function LocalBanner() {
  const { data } = useQuery(versionOptions());
  if (data?.environment !== "local") return null;
  return (
    <aside aria-label={texts.label} className="flex items-center justify-center gap-2 border-b border-line bg-soft px-4 py-1.5 text-center text-sm text-soft-ink">
      <Icon of={InfoIcon} className="max-sm:hidden" />
      <span>
        {texts.text}{" "}
        <a href="/dev/mailbox" target="_blank" rel="noreferrer" className="font-medium underline underline-offset-2">
          <span className="max-sm:hidden">{texts.mailbox}</span>
          <span className="sm:hidden">{texts.mailboxShort}</span>
        </a>
        <span aria-hidden="true"> · </span>
        <a href="/dev/n8n/" target="_blank" rel="noreferrer" className="font-medium underline underline-offset-2">
          {texts.n8n}
        </a>
      </span>
    </aside>
  );
}
