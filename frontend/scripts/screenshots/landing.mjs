// Renews the landing page's pictures from the running dashboard: public/screens/dashboard-{light,dark}.webp.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const OUT = path.resolve(import.meta.dirname, "../../public/screens");
const SIZE = { width: 1280, height: 800 };

/** Takes the picture of a page that shows the dashboard, without the local run's banner. */
export async function renewLandingPicture(page, theme) {
  await page.setViewportSize(SIZE);
  await page.locator("aside[aria-label='About this installation']").evaluateAll((banners) => banners.forEach((banner) => banner.remove()));
  const png = await page.screenshot();
  const blank = await page.context().newPage();
  const webp = await blank.evaluate(async ([base64, { width, height }]) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d").drawImage(await createImageBitmap(new Blob([bytes], { type: "image/png" })), 0, 0);
    const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.85 });
    return Array.from(new Uint8Array(await blob.arrayBuffer()));
  }, [png.toString("base64"), SIZE]);
  await blank.close();
  mkdirSync(OUT, { recursive: true });
  writeFileSync(path.join(OUT, `dashboard-${theme}.webp`), Buffer.from(webp));
}
