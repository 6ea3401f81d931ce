import path from "node:path";

/** Gives the parts of a file's path below the source folder; null for what is outside of it. */
export function below(src, file) {
  const relative = path.relative(src, file);
  return relative.startsWith("..") || path.isAbsolute(relative) ? null : relative.split(path.sep);
}

/** Gives the file that a specifier names, without its ending; undefined for a package. */
export function resolve(specifier, importer, src) {
  const bare = specifier.replace(/[?#].*$/, "");
  if (bare === "@" || bare.startsWith("@/")) return path.join(src, bare.slice(1));
  if (bare === "." || bare === ".." || /^\.\.?\//.test(bare)) return path.resolve(path.dirname(importer), bare);
  // Vite reads a leading slash as the front end's own folder.
  if (bare.startsWith("/")) return path.join(path.dirname(src), bare);
  return undefined;
}
