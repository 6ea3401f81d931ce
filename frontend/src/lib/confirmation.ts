type Ask = () => Promise<boolean>;

let ask: Ask | undefined;

/** Takes who asks for the password, until the returned function is called. */
export function askWith(asking: Ask): () => void {
  ask = asking;
  return () => {
    if (ask === asking) ask = undefined;
  };
}

/** Asks whoever is at the page to confirm that it is them; false when they do not, or nobody can ask. */
export function confirmed(): Promise<boolean> {
  return ask ? ask() : Promise.resolve(false);
}
