/** What is known of a page outside the app's frame before anything of it is there. */
interface VisitorPage {
  /** It asks nobody who is reading. */
  isOpen?: boolean;
  /** Somebody opens it who has nothing of ours yet: it has a budget of its own. */
  isFirst?: boolean;
}

/** The pages outside the app's frame, by the first part of their address. They have the business's face, whoever reads them. */
const VISITOR_PAGES: Record<string, VisitorPage> = {
  login: { isFirst: true },
  logout: { isOpen: true },
  onboarding: {},
  p: { isFirst: true },
  register: { isOpen: true, isFirst: true },
  "verify-email": { isOpen: true, isFirst: true },
};

export const VISITOR_PARTS = Object.keys(VISITOR_PAGES);

/** Tells what is known of a page; nothing of one in the app's frame. `/` leads on to one or the other, and asks for itself. */
export function visitorPage(path: string): VisitorPage | undefined {
  const part = path.split("/")[1] ?? "";
  return Object.hasOwn(VISITOR_PAGES, part) ? VISITOR_PAGES[part] : undefined;
}
