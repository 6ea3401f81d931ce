interface Asker {
  ask: () => Promise<boolean>;
  /** Whether somebody is being asked just now. */
  isAsking: () => boolean;
}

let asker: Asker | undefined;

/** Takes who asks for the password, until the returned function is called. */
export function askWith(asking: Asker): () => void {
  asker = asking;
  return () => {
    if (asker === asking) asker = undefined;
  };
}

/** Asks whoever is at the page to confirm that it is them; false when they do not, or nobody can ask. */
export function confirmed(): Promise<boolean> {
  return asker ? asker.ask() : Promise.resolve(false);
}

/** Whether the password is being asked for: leaving then goes back to the page, and needs no question of the page's own. */
export function isConfirming(): boolean {
  return asker?.isAsking() ?? false;
}
