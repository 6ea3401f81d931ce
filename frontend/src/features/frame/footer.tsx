import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { versionOptions } from "@/lib/version";
import { footer as texts } from "./texts/app";

/** Names the running build and leads to help. */
export function Footer() {
  const { data } = useQuery(versionOptions());
  return (
    <footer className="mt-auto flex justify-between gap-4 border-t border-line pt-4 pb-6 text-xs text-ink-3 print:hidden">
      <span className="tabular">{data ? texts.build(data.version, data.commit.slice(0, 7)) : texts.product}</span>
      <Link to="/help" className="hover:text-ink">
        {texts.help}
      </Link>
    </footer>
  );
}
