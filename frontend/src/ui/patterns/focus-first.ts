/** Moves the focus to the first control of a part of the page: for a button that goes with what it undoes. */
export function focusFirst(part: Element | null, controls: string): void {
  part?.querySelector<HTMLElement>(controls)?.focus();
}
