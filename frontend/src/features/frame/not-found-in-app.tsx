import { useCanGoBack, useRouter } from "@tanstack/react-router";
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
  return (
    <Panel>
      <NotFound>
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
