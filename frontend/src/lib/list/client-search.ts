import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { listOrganizationsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { client as texts } from "./texts";

const TYPING_MS = 150;
const FOUND = 50;

/** What a search tells of a client. */
interface FoundClient {
  id: string;
  name: string;
  domain: string;
}

/** Finds clients by a part of the name among however many there are; asks once they are wanted. */
export function useClientSearch(isWanted: boolean) {
  const typed = useTyped();
  const found = useQuery({ ...listOrganizationsOptions({ query: { q: typed.q, sort: "name", limit: FOUND } }), placeholderData: keepPreviousData, enabled: isWanted });
  return clientSearch(typed, found);
}

/** Keeps what was typed, and what to ask for once the typing rests. */
export function useTyped() {
  const [text, setText] = useState("");
  const settled = useSettled(text.trim());
  return { text: text.trim(), q: settled || undefined, isTyping: settled !== text.trim(), onType: setText };
}

/** Gives what a field that finds clients shows of an answer. */
export function clientSearch({ text, isTyping, onType }: ReturnType<typeof useTyped>, found: UseQueryResult<{ items: readonly FoundClient[] }, unknown>) {
  const options = (found.data?.items ?? []).map(({ id, name, domain }) => ({ value: id, label: name, detail: domain }));
  const isSearching = isTyping || found.isPending || found.isPlaceholderData;
  return {
    // Until the server answers, only those from before that fit: Enter takes the first.
    options: isSearching ? options.filter(({ label, detail }) => `${label}\n${detail}`.toLowerCase().includes(text.toLowerCase())) : options,
    onType,
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
