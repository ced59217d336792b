import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { build, stop } from "esbuild";

/** Makes one file of JavaScript of a TypeScript entry and everything of ours that it imports; packages stay outside. */
export async function bundle(entry, file) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    outfile: file,
  });
  await stop();
  mkdirSync(dirname(file), { recursive: true });
  // Two commands may start at once: neither may import what the other has half written.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, outputFiles[0].contents);
  renameSync(draft, file);
}
