import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import type { Act } from "@/features/frame/act";
import { AppFrame } from "@/features/frame/app-frame";
import { newProject } from "@/features/projects/texts";
import { useMe } from "@/lib/session/me";
import { PlusIcon } from "@/ui/icon";
import { useLivePages } from "./-live-pages";

const NewProjectPanel = lazy(() => import("@/features/projects/new-project-panel"));
const BulkOperations = lazy(() => import("@/features/bulk-operations/bulk-operations"));
/** The first page has what it needs before that. */
const FIRST_PAGE_MS = 1500;

/** Joins what every page of the app has around it: the frame, what can be done from anywhere, what runs meanwhile. */
export function AppShell({ children }: { children: ReactNode }) {
  const me = useMe();
  useLivePages(me);
  const [isCreating, setCreating] = useState(false);
  const isFirstPageThere = useLater(FIRST_PAGE_MS);
  const acts: Act[] = [{ label: newProject.title, icon: PlusIcon, permission: "projects:create", goal: { run: () => setCreating(true) }, isOffered: true }];
  return (
    <AppFrame acts={acts}>
      {children}
      {isCreating && (
        <Suspense>
          <NewProjectPanel isOpen onOpenChange={setCreating} />
        </Suspense>
      )}
      {isFirstPageThere && me.permissions.includes("bulk_operations:run") && (
        <Suspense>
          <BulkOperations />
        </Suspense>
      )}
    </AppFrame>
  );
}

/** Tells whether a while has passed: what nobody waits for is not asked for beside what a page is made of. */
function useLater(ms: number): boolean {
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isLater;
}
