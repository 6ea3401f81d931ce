import path from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { inlineBoot } from "./bundle/boot.ts";
import { chunkGroups } from "./bundle/chunks.ts";
import { writeCompressed } from "./bundle/compressed.ts";
import { writePages } from "./bundle/pages.ts";

const API = process.env.CAPECONTROL_API ?? "http://127.0.0.1:8000";

export default defineConfig({
  // What says that a page cannot be loaded stays with the first file: it is shown when others cannot be had.
  // The router plugin must run before React's so that it splits routes from source.
  // Tests read the committed tree; only builds may write it.
  plugins: [process.env.VITEST ? [] : tanstackRouter({ target: "react", autoCodeSplitting: true, codeSplittingOptions: { defaultBehavior: [["loader", "component"], ["notFoundComponent"]] } }), react(), tailwindcss(), inlineBoot(import.meta.dirname), writePages(), writeCompressed()],
  resolve: { alias: { "@": path.resolve(import.meta.dirname, "src") } },
  build: {
    // light-dark() and oklch() stay as written: all three engines have had both since May 2024.
    target: ["chrome123", "firefox120", "safari17.5"],
    manifest: true,
    // Inlined data: URLs would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["index.html", "src/ui/document.css"], output: { codeSplitting: { groups: chunkGroups() } } },
  },
  server: { proxy: { "^/(about|docs.*)?$": API, "/api": API, "/dev": API, "/openapi.json": API } },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "lint/**/*.test.js"],
    css: false,
    coverage: {
      provider: "v8",
      include: ["src/**/*.{ts,tsx}"],
      // Generated, and what only tests have.
      exclude: ["src/api/**", "src/app/route-tree.gen.ts", "src/testing/**", "src/**/*.test.{ts,tsx}"],
    },
  },
});
