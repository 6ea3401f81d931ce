import { createHash } from "node:crypto";
import path from "node:path";
import { build, type Plugin } from "vite";

const MARK = "<!--boot-->";
const SOURCE = path.resolve(import.meta.dirname, "../src/app/boot.ts");

/** Writes the script that must not wait for the page's files into the page, before all else that it asks for. */
export function inlineBoot(root: string): Plugin {
  return {
    name: "capecontrol:boot",
    transformIndexHtml: {
      order: "post",
      // Before the style sheet: a script that stands behind one waits for it.
      handler: async (html) => {
        const script = await bundled(root);
        if (!html.includes(MARK)) throw new Error(`index.html has no ${MARK}`);
        return html.replace(MARK, () => `<script>${script}</script>`);
      },
    },
  };
}

/** Gives the digests by which a page's policy allows the scripts that stand in it. */
export function digestsOf(html: string): string[] {
  return [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script = ""]) => `sha256-${createHash("sha256").update(script).digest("base64")}`);
}

async function bundled(root: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "warn",
    root,
    resolve: { alias: { "@": path.resolve(root, "src") } },
    build: { write: false, target: "es2022", lib: { entry: SOURCE, formats: ["iife"], name: "boot" } },
  });
  // With one form there is one output; only a watcher would give none.
  const [made] = Array.isArray(built) ? built.flatMap(({ output }) => output) : [];
  if (made?.type !== "chunk") throw new Error("the boot script was not built");
  return made.code.trim();
}
