import { useCanGoBack, useLocation, useRouter } from "@tanstack/react-router";
import { SearchIcon } from "@/ui/icon";
import { Panel } from "@/ui/patterns/panel";
import { Button } from "@/ui/primitives/button";
import { NotFound, ToWork } from "./not-found";
import { openPalette } from "./palette-key";
import { notFound as texts } from "./texts/not-found";

/** Says within the app's frame that there is nothing at this address; the search finds what was meant. */
export default function NotFoundInApp() {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const said = useLocation({ select: ({ pathname }) => missingRecord(pathname) });
  return (
    <Panel>
      <NotFound said={said}>
        <div className="flex flex-wrap items-center justify-center gap-2">
          <ToWork />
          <Button icon={SearchIcon} onClick={() => openPalette(true)}>
            {texts.search}
          </Button>
          {canGoBack && <Button onClick={() => router.history.back()}>{texts.back}</Button>}
        </div>
      </NotFound>
    </Panel>
  );
}

/** Gives what is said of a record that is missing, by its noun; nothing at the address of a page. */
function missingRecord(path: string): { title: string; hint: string } | undefined {
  const [, part = "", id, ...deeper] = path.split("/");
  return id && deeper.length === 0 && Object.hasOwn(texts.records, part) ? texts.records[part as keyof typeof texts.records] : undefined;
}
