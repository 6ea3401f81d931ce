import { useState } from "react";
import { Icon, UploadIcon } from "@/ui/icon";
import { useField } from "./field";

/** Takes one file, by choosing or by dropping: the browser's own control lies over the whole box. */
export function FileInput({ accept, onFile, prompt }: { accept: string; onFile: (file: File) => void; prompt: string }) {
  const [name, setName] = useState<string>();
  return (
    <div className="relative flex items-center gap-3 rounded-control border border-dashed border-edge bg-surface px-3 py-4 text-sm focus-within:outline-2 focus-within:outline-accent hover:bg-hover">
      <Icon of={UploadIcon} className="text-ink-3" />
      <span className="min-w-0 flex-1 truncate text-ink-2">{name ?? prompt}</span>
      <span aria-hidden="true" className="font-medium text-accent">
        {name ? "Choose another" : "Choose file"}
      </span>
      <input
        {...useField()}
        type="file"
        accept={accept}
        className="absolute inset-0 cursor-pointer opacity-0"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (!file) return;
          setName(file.name);
          onFile(file);
        }}
      />
    </div>
  );
}
