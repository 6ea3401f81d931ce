/**
 * The exceptions that the rule `tables` knows, by the file below `src/`; one that nothing needs is refused. They stand with those of the
 * operations in one file, where whoever adds one tells the reviewer why.
 */
import { readFileSync } from "node:fs";
import path from "node:path";

const FILE = path.resolve(import.meta.dirname, "../../docs/reference/list-exceptions.json");
const { lists, tables } = JSON.parse(readFileSync(FILE, "utf8")).pages;

/** What lists do without; and tables that are no lists of records. */
export const REVIEWED_TABLES = { lists, others: tables };
