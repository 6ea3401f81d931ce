import type { ReactNode } from "react";
import { SearchIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { PageTitle } from "@/ui/patterns/page-title";
import { ButtonLink } from "@/ui/primitives/link";
import { notFound as texts } from "./texts/not-found";

/** Says that there is nothing at this address; the children lead on. */
export function NotFound({ said = texts, children }: { said?: { title: string; hint: string }; children: ReactNode }) {
  return (
    <>
      <PageTitle title={said.title} />
      <EmptyState heading="h1" icon={SearchIcon} title={said.title} action={children}>
        {said.hint}
      </EmptyState>
    </>
  );
}

/** Leads a reader to their work. */
export function ToWork() {
  return (
    <ButtonLink to="/dashboard" variant="primary">
      {texts.dashboard}
    </ButtonLink>
  );
}
