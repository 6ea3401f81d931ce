import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { listOrganizationsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { client as texts } from "./texts";

const TYPING_MS = 150;
const FOUND = 50;

/** Finds clients by a part of the name among however many there are; asks once they are wanted. */
export function useClientSearch(isWanted: boolean) {
  const [text, setText] = useState("");
  const q = useSettled(text.trim());
  const found = useQuery({ ...listOrganizationsOptions({ query: { q: q || undefined, sort: "name", limit: FOUND } }), placeholderData: keepPreviousData, enabled: isWanted });
  const options = (found.data?.items ?? []).map(({ id, name, domain }) => ({ value: id, label: name, detail: domain }));
  const isSearching = q !== text.trim() || found.isPending || found.isPlaceholderData;
  return {
    // Until the server answers, only those from before that fit: Enter takes the first.
    options: isSearching ? options.filter(({ label, detail }) => `${label}\n${detail}`.toLowerCase().includes(text.trim().toLowerCase())) : options,
    onType: setText,
    isSearching,
    emptyText: isSearching ? texts.loading : found.isError ? texts.notLoaded : texts.notFound,
  };
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
