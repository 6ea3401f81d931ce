import { recall, remember } from "@/lib/browser-memory";

/** What somebody typed into a form and had not saved. */
export interface KeptWork<Values = unknown, Base = unknown> {
  values: Values;
  /** What it was an edit of, where somebody else may have changed that meanwhile. */
  base?: Base;
}

interface Shelf {
  /** The person who typed it; nobody else is given it. */
  owner: string;
  forms: Record<string, KeptWork & { at: number }>;
}

const SHELF = "unsaved";
const LASTS_MS = 60 * 60 * 1000;

/** Gives what a person typed into a form of this tab within the hour. */
export function keptWork<Values, Base>(person: string, form: string): KeptWork<Values, Base> | undefined {
  return shelfOf(person).forms[form] as KeptWork<Values, Base> | undefined;
}

/** Keeps what a person typed into a form, in this tab alone and for an hour; the form's name says of what it is the form. */
export function keepWork(person: string, form: string, work: KeptWork): void {
  const { forms } = shelfOf(person);
  put({ owner: person, forms: { ...forms, [form]: { ...work, at: Date.now() } } });
}

/** Forgets what was kept of a form. */
export function forgetWork(person: string, form: string): void {
  const { [form]: gone, ...forms } = shelfOf(person).forms;
  if (gone) put({ owner: person, forms });
}

/** Forgets what anybody but this person typed; without a person, what anybody did. */
export function forgetWorkOfOthers(person: string | null): void {
  if (shelf()?.owner !== person) put(null);
}

/** Says whether anything is kept. */
export function isWorkKept(): boolean {
  return Object.keys(shelf()?.forms ?? {}).length > 0;
}

function shelfOf(person: string): Shelf {
  const found = shelf();
  return found?.owner === person ? found : { owner: person, forms: {} };
}

/** Reads what is kept, without what is older than an hour. */
function shelf(): Shelf | null {
  const found = recall(SHELF, "sessionStorage") as Shelf | null;
  if (!found) return null;
  const forms = Object.fromEntries(Object.entries(found.forms).filter(([, { at }]) => Date.now() - at < LASTS_MS));
  return { owner: found.owner, forms };
}

function put(shelf: Shelf | null): void {
  remember(SHELF, shelf && Object.keys(shelf.forms).length > 0 ? shelf : null, "sessionStorage");
}
