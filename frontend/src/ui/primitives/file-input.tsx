import { useState } from "react";
import { Icon, UploadIcon } from "@/ui/icon";
import { useField } from "./field";
import { Spinner } from "./spinner";
import { fileInput as texts } from "./texts";

export interface FileInputProps {
  accept: string;
  onFile: (file: File) => void;
  prompt: string;
  /** What is being done with the file, in place of the prompt. */
  progress?: string | undefined;
  /** Whether the file's name stands here afterwards, where nothing else shows what was taken. */
  isNamed?: boolean;
}

/** Takes one file, by choosing or by dropping: the browser's own control lies over the whole box. */
export function FileInput({ accept, onFile, prompt, progress, isNamed = true }: FileInputProps) {
  const [taken, setTaken] = useState<string>();
  const name = isNamed ? taken : undefined;
  return (
    <div className="relative flex items-center gap-3 rounded-control border border-dashed border-edge bg-surface px-3 py-4 text-sm focus-within:outline-2 focus-within:outline-accent hover:bg-hover">
      {progress ? <Spinner className="text-ink-3" /> : <Icon of={UploadIcon} className="text-ink-3" />}
      <span aria-live="polite" className="min-w-0 flex-1 truncate text-ink-2">
        {progress ?? name ?? prompt}
      </span>
      <span aria-hidden="true" className="font-medium text-accent">
        {name ? texts.change : texts.choose}
      </span>
      <input
        {...useField()}
        type="file"
        accept={accept}
        className="absolute inset-0 cursor-pointer opacity-0"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (!file) return;
          setTaken(file.name);
          onFile(file);
          // The same file can be chosen again once it was mended.
          event.target.value = "";
        }}
      />
    </div>
  );
}
