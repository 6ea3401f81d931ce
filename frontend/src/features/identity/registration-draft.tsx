import { createContext, use, useCallback, useState, type ReactNode } from "react";
import { recall, remember } from "@/lib/browser-memory";

export interface RegistrationDraft {
  organization_name: string;
  full_name: string;
  /** Empty until it is typed at the second step. */
  email: string;
}

interface Kept {
  draft: RegistrationDraft | null;
  keep: (draft: RegistrationDraft) => void;
  /** Leaves nothing of it to whoever uses this tab next. */
  forget: () => void;
}

const NAME = "registration-draft";
const Context = createContext<Kept | null>(null);

/** Keeps the answers of both steps, over a reload too; the password is kept nowhere. */
export function RegistrationDraftProvider({ children }: { children: ReactNode }) {
  const [draft, setDraft] = useState(readDraft);
  const keep = useCallback((next: RegistrationDraft) => {
    remember(NAME, next, "sessionStorage");
    setDraft(next);
  }, []);
  return <Context value={{ draft, keep, forget: forgetDraft }}>{children}</Context>;
}

/** Gives the draft and the ways to keep and forget it. */
export function useRegistrationDraft(): Kept {
  const kept = use(Context);
  if (!kept) throw new Error("a registration step stands outside its provider");
  return kept;
}

function forgetDraft(): void {
  remember(NAME, null, "sessionStorage");
}

function readDraft(): RegistrationDraft | null {
  const { organization_name: organization, full_name: name, email } = (recall(NAME, "sessionStorage") ?? {}) as Record<string, unknown>;
  return typeof organization === "string" && typeof name === "string" ? { organization_name: organization, full_name: name, email: typeof email === "string" ? email : "" } : null;
}
