import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { session } from "@/lib/session";
import { useMe } from "@/lib/session/me";
import { Button } from "@/ui/primitives/button";
import { Notice } from "@/ui/primitives/notice";
import { forgetWork, keepWork, keptWork, type KeptWork } from "./kept-work";
import { kept as texts } from "./texts";

/** Gives what the reader had typed into a form when their session ended; nothing where the form has no name. */
export function useWorkFound<Values, Base = unknown>(name: string | undefined): KeptWork<Values, Base> | undefined {
  const { id } = useMe();
  const [found] = useState(() => (name === undefined ? undefined : keptWork<Values, Base>(id, name)));
  return found;
}

/** Finds which of these forms the reader was filling in when their session ended: its dialog opens by itself. */
export function useFormLeft<Name extends string>(nameOf: (form: Name) => string, forms: readonly Name[]): Name | undefined {
  const { id } = useMe();
  const [left] = useState(() => forms.find((form) => keptWork(id, nameOf(form))));
  return left;
}

interface KeptForm {
  notice: ReactNode;
  isPuttingBack: boolean;
  /** Keeps what is typed where a link of the form leads away and back again. */
  keep: () => void;
}

/**
 * Keeps what is typed into a form when the session ends or the page goes, and puts it back; gives the notice that says so.
 * The name says of what it is the form; without one nothing is kept. Never for passwords, secrets or bank details.
 */
export function useKeptWork<Values extends FieldValues, Output>(form: UseFormReturn<Values, unknown, Output>, name: string | undefined, base?: () => unknown): KeptForm {
  const { id } = useMe();
  const found = useWorkFound<Values>(name);
  const { isDirty, defaultValues } = form.formState;
  const [stage, setStage] = useState<"found" | "shown" | "settled">(() => (found && JSON.stringify(found.values) !== JSON.stringify(defaultValues) ? "found" : "settled"));
  if (stage === "found" && isDirty) setStage("shown");
  // Saved or discarded: what is typed from here on was not kept.
  if (stage === "shown" && !isDirty) setStage("settled");

  const putBack = useEffectEvent(() => {
    if (!found || name === undefined) return;
    forgetWork(id, name);
    form.reset(found.values, { keepDefaultValues: true });
  });
  const keep = () => {
    if (name !== undefined && isDirty) keepWork(id, name, { values: form.getValues(), base: base?.() });
  };
  const onLeave = useEffectEvent(keep);
  useEffect(() => putBack(), []);
  useEffect(() => {
    const listener = () => onLeave();
    window.addEventListener("pagehide", listener);
    const stop = session.onEnd(listener);
    return () => {
      window.removeEventListener("pagehide", listener);
      stop();
    };
  }, []);

  const notice = stage === "shown" && (
    <Notice title={texts.title} actions={<Button onClick={() => form.reset()}>{texts.discard}</Button>}>
      {texts.hint}
    </Notice>
  );
  return { notice, isPuttingBack: stage === "found", keep };
}
