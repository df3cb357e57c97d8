// SPDX-License-Identifier: AGPL-3.0-or-later
// bench_pictures_sharp.mjs: the same copies by sharp, the usual way of the web; run in the folder where it is installed.
//
// usage: node bench_pictures_sharp.mjs FOLDER avif|plain PHOTO…   prints seconds of CPU, seconds, and the peak of memory in KB
import { createRequire } from "node:module";
import path from "node:path";

const [folder, kind, ...photos] = process.argv.slice(2);
const sharp = createRequire(path.join(path.resolve(folder), "index.js"))("sharp");
sharp.concurrency(1);
sharp.cache(false);

const jpeg = { quality: 82, progressive: true, optimizeCoding: true };
const webp = { quality: 79, effort: 2 };

async function smaller(from, width) {
  const { data, info } = await sharp(from.data, { raw: from.raw }).resize({ width }).raw().toBuffer({ resolveWithObject: true });
  return { data, raw: { width: info.width, height: info.height, channels: info.channels } };
}

const image = (from) => sharp(from.data, { raw: from.raw });

async function copiesOf(photo) {
  const { data, info } = await sharp(photo, { failOn: "error" })
    .rotate()
    .resize({ width: 2048, withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const large = { data, raw: { width: info.width, height: info.height, channels: info.channels } };
  await image(large).jpeg(jpeg).toBuffer();
  await image(large).resize({ width: 1200, height: 630, fit: "cover" }).jpeg(jpeg).toBuffer();
  const middle = await smaller(large, 1280);
  await image(middle).jpeg(jpeg).toBuffer();
  await image(middle).webp(webp).toBuffer();
  if (kind === "avif") await image(middle).avif({ quality: 55, effort: 2 }).toBuffer();
  const small = await smaller(middle, 640);
  await image(small).jpeg(jpeg).toBuffer();
  await image(small).webp(webp).toBuffer();
  await image(await smaller(small, 320)).webp(webp).toBuffer();
}

const used = process.cpuUsage();
const began = performance.now();
for (const photo of photos) await copiesOf(photo);
const more = process.cpuUsage(used);
const took = (performance.now() - began) / 1000;
console.log(((more.user + more.system) / 1e6).toFixed(3), took.toFixed(3), process.resourceUsage().maxRSS);
