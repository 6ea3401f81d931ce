import { createContext, use, useState, type ReactNode } from "react";

export interface RegistrationDraft {
  organization_name: string;
  full_name: string;
}

const Context = createContext<{ draft: RegistrationDraft | null; keep: (draft: RegistrationDraft) => void } | null>(null);

/** Keeps the first step's answers while the second is filled in; in memory only. */
export function RegistrationDraftProvider({ children }: { children: ReactNode }) {
  const [draft, keep] = useState<RegistrationDraft | null>(null);
  return <Context value={{ draft, keep }}>{children}</Context>;
}

/** Gives the draft and the way to keep it. */
export function useRegistrationDraft() {
  const kept = use(Context);
  if (!kept) throw new Error("a registration step stands outside its provider");
  return kept;
}
