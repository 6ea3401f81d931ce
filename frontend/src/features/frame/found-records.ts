import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { listOrganizationsOptions, searchRecordsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { useCan } from "@/lib/session/me";

/** Fewer letters are the beginning of almost everything. */
export const LETTERS_MIN = 2;
const TYPING_MS = 120;
/** So many of a kind are shown; its list has the rest. */
export const OF_EACH_KIND = 5;
const CLIENTS_MAX = 3;

/** Finds records, and for staff the clients by their name, a moment after the last key; what was found stays until the next answer is there. */
export function useFoundRecords(text: string) {
  const [q, setQ] = useState("");
  const canSearch = useCan("search:use");
  const hasClients = useCan("organizations:list");
  const wanted = text.trim();
  useEffect(() => {
    const timer = setTimeout(() => setQ(wanted), TYPING_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const isWanted = canSearch && wanted.length >= LETTERS_MIN;
  const query = useQuery({ ...searchRecordsOptions({ query: { q, limit: OF_EACH_KIND } }), placeholderData: keepPreviousData, enabled: isWanted && q.length >= LETTERS_MIN });
  const clients = useQuery({
    ...listOrganizationsOptions({ query: { q, sort: "name", limit: CLIENTS_MAX, total: false } }),
    placeholderData: keepPreviousData,
    enabled: isWanted && hasClients && q.length >= LETTERS_MIN,
  });
  return {
    canSearch,
    hasClients,
    isWanted,
    records: isWanted ? (query.data?.items ?? []) : [],
    clients: isWanted ? (clients.data?.items ?? []) : [],
    isSearching: isWanted && (q !== wanted || query.isFetching || clients.isFetching),
    error: isWanted && q === wanted ? (query.error ?? clients.error) : null,
    retry: () => {
      void query.refetch();
      if (hasClients) void clients.refetch();
    },
  };
}
