import { SearchIcon } from "@/ui/icon";
import { ButtonLink } from "@/ui/primitives/link";
import { EmptyState } from "./empty-state";
import { Logo } from "./logo";

/** Says that there is nothing at this address, and leads back. */
export function NotFoundPage() {
  return (
    <main className="grid min-h-dvh place-items-center px-4">
      <title>Not found · CapeControl</title>
      <div className="w-full max-w-[30rem] rounded-card border border-line bg-surface p-6 text-center shadow-float">
        <Logo className="mt-4" />
        <EmptyState heading="h1" icon={SearchIcon} title="Page not found" action={<ButtonLink to="/dashboard">Go to the dashboard</ButtonLink>}>
          It may have moved, or you may not have access to it.
        </EmptyState>
      </div>
    </main>
  );
}
