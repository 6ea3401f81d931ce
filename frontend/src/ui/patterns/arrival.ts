import { focusHeading, keepFocus } from "./focus-keeper";

let place: string | undefined;
let news: HTMLElement;

/** Lets listeners know that another page opened, or another part of one: no document is loaded, so the browser says nothing of it. */
export function arrive(title: string, opened: string): void {
  if (place === undefined) prepare();
  // The same page under another name: somebody renamed what it shows.
  else if (opened !== place) announce(title);
  place = opened;
}

/** The region is there before it has something to say: words that come with their region are not always read. */
function prepare(): void {
  news = document.createElement("p");
  news.ariaLive = "polite";
  news.className = "sr-only";
  document.body.append(news);
  keepFocus();
}

/** A heading that gets the focus is read aloud; where the page or a dialog has the focus, it stays there and the title is said. */
function announce(title: string): void {
  if (!document.activeElement?.closest("main, [role=dialog]")) focusHeading();
  news.textContent = document.activeElement?.matches("h1") ? "" : title;
}
