/**
 * Names the faults of a laid-out page (runs in the page, so it stands alone): text that runs over its box, lies on its neighbour,
 * or is cut with nothing that gives the whole; tables that hide columns; fields too narrow for what they hold.
 */
export function layoutFaults() {
  const SLACK = 1.5;
  /** The name of a row is read whole up to this length; what is longer may be cut on its second line. */
  const NAME_LENGTH = 60;
  const said = (text) => `“${text.trim().replaceAll(/\s+/g, " ").slice(0, 60)}”`;
  const styles = new Map();
  const styleOf = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  const ancestors = (element) => {
    const found = [];
    for (let at = element; at; at = at.parentElement) found.push(at);
    return found;
  };
  const isHidden = (element) => ancestors(element).some((at) => {
    const { clipPath, visibility, opacity, position } = styleOf(at);
    return visibility === "hidden" || opacity === "0" || at.inert || (["absolute", "fixed"].includes(position) && (clipPath !== "none" || (at.offsetWidth <= 1 && at.offsetHeight <= 1)));
  });
  // What floats above the page lies on it by intent.
  const layerOf = (element) => ancestors(element).find((at) => ["fixed", "sticky"].includes(styleOf(at).position)) ?? document.body;
  const isWholeElsewhere = (element, text) => ancestors(element).some((at) => at.title?.includes(text)) || [...element.querySelectorAll("[title]")].some((at) => at.title.length > 0);
  const isScroller = (element) => ["auto", "scroll"].includes(styleOf(element).overflowX);
  const isClipping = (element) => styleOf(element).overflowX !== "visible" || styleOf(element).overflowY !== "visible";
  const isCutOnPurpose = (element) => styleOf(element).textOverflow === "ellipsis" || styleOf(element).webkitLineClamp !== "none";

  const faults = new Set();
  const pieces = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const parent = node.parentElement;
    if (text === "" || !parent.checkVisibility() || ["SCRIPT", "STYLE", "OPTION", "TEXTAREA"].includes(parent.tagName) || isHidden(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const layer = layerOf(parent);
    const clips = ancestors(parent).filter((at) => at !== document.body && at !== document.documentElement && isClipping(at));
    for (const drawn of range.getClientRects()) {
      let { left, right, top, bottom } = drawn;
      if (right - left < 1 || bottom - top < 1) continue;
      for (const clip of clips) {
        const box = clip.getBoundingClientRect();
        const isCut = right > box.right + SLACK || left < box.left - SLACK || top > box.bottom - SLACK;
        if (isCut && !isScroller(clip)) {
          if (!isCutOnPurpose(clip)) faults.add(`${said(text)} is cut`);
          else if (!isWholeElsewhere(clip, text)) faults.add(`${said(text)} is cut, and nothing gives the whole`);
          else if (text.length <= NAME_LENGTH && clip.matches("tbody td:first-of-type, tbody td:first-of-type *, th + td *") && parent.closest("a, button")) faults.add(`the name ${said(text)} is cut`);
        }
        [left, right, top, bottom] = [Math.max(left, box.left), Math.min(right, box.right), Math.max(top, box.top), Math.min(bottom, box.bottom)];
        // What has been scrolled out of a list is not there for what lies around the list.
        if (right - left < 1 || bottom - top < 1) break;
      }
      if (right - left < 1 || bottom - top < 1) continue;
      const block = ancestors(parent).find((at) => styleOf(at).display !== "inline" && styleOf(at).display !== "contents");
      const box = block.getBoundingClientRect();
      if (clips.length === 0 || !clips.includes(block)) if (right > box.right + SLACK || left < box.left - SLACK) faults.add(`${said(text)} runs over its box by ${Math.round(Math.max(right - box.right, box.left - left))} px`);
      pieces.push({ text, element: parent, layer, left, right, top, bottom });
    }
  }
  for (const field of document.querySelectorAll("input, select, textarea")) {
    if (!field.checkVisibility() || isHidden(field) || ["checkbox", "radio", "file"].includes(field.type)) continue;
    const { left, right, top, bottom } = field.getBoundingClientRect();
    pieces.push({ text: `the field ${field.name || field.getAttribute("aria-label") || field.id}`, element: field, layer: layerOf(field), left, right, top, bottom });
    if (field.tagName === "INPUT" && !["password", "search"].includes(field.type) && field.scrollWidth > field.clientWidth + SLACK) faults.add(`the field ${field.name} cuts ${said(field.value || field.placeholder)}`);
  }
  for (const [index, one] of pieces.entries())
    for (const other of pieces.slice(index + 1)) {
      if (one.layer !== other.layer || one.element.contains(other.element) || other.element.contains(one.element)) continue;
      // What a field shows in its own place, as a date that is not being typed.
      if (one.element.ariaHidden === "true" && one.element.previousElementSibling === other.element) continue;
      const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      // Lines that stand close share the air above and below their letters.
      if (width > SLACK && height > 6) faults.add(`${said(one.text)} lies on ${said(other.text)}`);
    }
  for (const table of document.querySelectorAll("table")) {
    const hidden = table.offsetWidth - table.parentElement.clientWidth;
    if (hidden > 0) faults.add(`${table.getAttribute("aria-label") ?? "a table"} hides ${hidden} px beyond its edge`);
  }
  return [...faults];
}
