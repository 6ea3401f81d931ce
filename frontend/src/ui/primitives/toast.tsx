import { createContext, use, useState, useSyncExternalStore, type ReactNode } from "react";
import { CloseIcon, DoneMark, Icon } from "@/ui/icon";
import { Corner } from "./corner";
import { toast as texts } from "./texts";
import { ToastStore, type Undo } from "./toast-store";

const Context = createContext<ToastStore | null>(null);

/** Gives the app a place for short confirmations, read out politely. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [store] = useState(() => new ToastStore());
  return (
    <Context value={store}>
      <Corner beneath={<ToastList store={store} />}>{children}</Corner>
    </Context>
  );
}

function ToastList({ store }: { store: ToastStore }) {
  const messages = useSyncExternalStore(store.subscribe, store.messages);
  function dismiss(id: number) {
    store.remove(id);
    // The button goes with its message, and an element that is gone blurs for nobody.
    store.release("focus");
  }
  return (
    // Each message is read once, not again with the next one.
    <div role="status" aria-live="polite" aria-atomic="false" ref={(element) => heedReader(store, element)} className="flex flex-col gap-2">
      {messages.map((message) => (
        <div key={message.id} className="pointer-events-auto flex items-start gap-2.5 rounded-card border border-line bg-raised p-3 shadow-float transition-opacity duration-[180ms] starting:opacity-0">
          <DoneMark aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ok" />
          <div className="min-w-0 flex-1">
            <p className="text-base font-medium break-words">{message.title}</p>
            {message.description && <p className="text-sm break-words text-ink-2">{message.description}</p>}
            {message.undo && (
              <button
                type="button"
                className="mt-1 rounded-control text-base font-medium text-accent hover:text-accent-2 hover:underline"
                onClick={() => {
                  dismiss(message.id);
                  message.undo?.run();
                }}
              >
                {message.undo.label}
              </button>
            )}
          </div>
          <button type="button" aria-label={texts.dismiss} onClick={() => dismiss(message.id)} className="rounded-control p-0.5 text-ink-3 hover:text-ink">
            <Icon of={CloseIcon} />
          </button>
        </div>
      ))}
    </div>
  );
}

/** Lets messages wait while the pointer or the focus is on them. */
function heedReader(store: ToastStore, element: HTMLElement | null): () => void {
  const end = new AbortController();
  element?.addEventListener("pointerenter", () => store.hold("pointer"), end);
  element?.addEventListener("pointerleave", () => store.release("pointer"), end);
  element?.addEventListener("focusin", () => store.hold("focus"), end);
  element?.addEventListener("focusout", () => store.release("focus"), end);
  return () => end.abort();
}

/** Gives the way to say that something was done, and to take it back. It goes by itself, so what needs an act stays on the page instead. */
export function useToast(): (title: string, description?: string, undo?: Undo) => void {
  const store = use(Context);
  if (!store) throw new Error("useToast stands outside the ToastProvider");
  return (title, description, undo) => store.add(title, description, undo);
}
