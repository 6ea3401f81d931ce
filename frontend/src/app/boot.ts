// Stands in the page itself, before its files: what must not wait for them. The build puts it there, and the server allows
// it by its digest. Whatever is imported here is sent with every page.
import { applyLikelyFace } from "@/lib/face-mark";
import { startRefresh } from "@/lib/session/early-refresh";
import { applyKeptTheme } from "@/lib/theme-choice";

applyKeptTheme();
applyLikelyFace(window.location.pathname);
startRefresh(window.location.pathname);
