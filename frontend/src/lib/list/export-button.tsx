import { DownloadButton, type DownloadButtonProps } from "@/lib/download-button";
import { tools } from "./texts";

/** The file of all rows that the filter leaves, in the list's order. */
export interface Export {
  load: DownloadButtonProps["load"];
  /** What the file is called where the server does not say: "projects.csv". */
  name: string;
}

/** Saves a list as a file for spreadsheets. */
export function ExportButton({ what, load, name }: Export & { /** What is in it: "42 projects". */ what: string }) {
  return (
    <DownloadButton load={load} name={name} label={tools.exportedOf(what)}>
      {tools.exported}
    </DownloadButton>
  );
}
