import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { toApiError, type ApiError } from "@/lib/problem";
import { DownloadIcon, RetryIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import type { ButtonVariant } from "@/ui/primitives/button-style";
import { Copyable } from "@/ui/primitives/copyable";
import { useToast } from "@/ui/primitives/toast";
import { saveFile } from "./save-file";
import { download as texts } from "./texts/download";

export interface DownloadButtonProps {
  /** Asks for the file; the generated client does, with `parseAs: "blob"`. */
  load: () => Promise<{ data: unknown; response: Response }>;
  /** What the file is called where the server does not say. */
  name: string;
  children: ReactNode;
  /** Names it to whoever does not see what stands around it. */
  label?: string;
  variant?: ButtonVariant;
  /** The file is still being made. */
  isWaiting?: boolean;
}

/** Downloads a file; says why when that fails, and offers to try again where that may help. */
export function DownloadButton({ load, name, children, label, variant = "secondary", isWaiting = false }: DownloadButtonProps) {
  const toast = useToast();
  const download = useMutation({
    mutationFn: async () => {
      const { data, response } = await load();
      const file = nameIn(response.headers.get("Content-Disposition")) ?? name;
      saveFile(data as Blob, file);
      toast(texts.done(file));
    },
  });
  return (
    // No span: beside a title those are what an open menu leaves there (`PageHeader`), and no actions.
    <div className="flex flex-col items-end gap-1 max-sm:items-stretch">
      <Button variant={variant} icon={DownloadIcon} aria-label={label} isBusy={download.isPending || isWaiting} onClick={() => download.mutate()}>
        {children}
      </Button>
      {download.error && <Failure error={toApiError(download.error)} onRetry={() => download.mutate()} />}
    </div>
  );
}

function Failure({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  return (
    <span role="alert" className="flex max-w-80 flex-col items-end gap-1 text-sm text-bad max-sm:items-start">
      {error.detail}
      {error.isPassing && (
        <Button variant="ghost" icon={RetryIcon} onClick={onRetry}>
          {texts.retry}
        </Button>
      )}
      {error.status >= 500 && error.requestId && <Copyable value={error.requestId} label={texts.requestId} />}
    </span>
  );
}

/** Reads the name that the server gives a file (RFC 6266). */
function nameIn(disposition: string | null): string | undefined {
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  return coded ? decodeURIComponent(coded) : /filename="([^"]+)"/i.exec(disposition ?? "")?.[1];
}
