import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

type Step = { instruction: string; argument: string };

export type Stage = { name: string; from: string; steps: Step[] };

/** The stages of a Dockerfile in their order; the last one is the image. */
export function readDockerfile(path = "Dockerfile"): Stage[] {
  const lines = readFileSync(path, "utf8")
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n");
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, instruction = "", argument = ""] = line.match(/^([A-Z]+)\s+(.*)$/) ?? [];
    const [from = "", , name = ""] = argument.split(" ");
    if (instruction === "FROM") stages.push({ from, name, steps: [] });
    else if (instruction) stages.at(-1)?.steps.push({ instruction, argument });
  }
  return stages;
}

export type Image = { path: string; env: Record<string, string> };

type Surroundings = { images: Map<string, Image>; shims: string };

/**
 * Does what a Dockerfile says, in folders instead of images. `npm ci` takes the packages that are installed here, and a
 * finished build of the same sources is taken over.
 */
export async function performDockerfile(home: string, stages: Stage[]): Promise<Image> {
  const around: Surroundings = { images: new Map(), shims: await layShims(join(home, "shims")) };
  let image: Image = { path: "", env: {} };
  for (const [index, { name, from, steps }] of stages.entries()) {
    image = { path: join(home, name || `stage-${index}`), env: { ...around.images.get(from)?.env } };
    await mkdir(image.path);
    for (const step of steps) await perform(step, image, around);
    around.images.set(name, image);
  }
  return image;
}

async function perform({ instruction, argument }: Step, image: Image, around: Surroundings): Promise<void> {
  if (instruction === "ENV")
    Object.assign(image.env, Object.fromEntries(argument.split(" ").map((pair) => pair.split("="))));
  if (instruction === "RUN") run(argument, image, around);
  if (instruction === "COPY") await copy(argument.split(" "), image, around);
}

async function copy(words: string[], { path }: Image, { images }: Surroundings): Promise<void> {
  const stage = words[0]?.match(/^--from=(.*)$/)?.[1];
  const sources = words.slice(stage ? 1 : 0, -1);
  const target = words.at(-1) ?? "";
  for (const source of sources) {
    if (source === ".") await copyContext(path);
    else {
      const to = join(path, target === "./" ? basename(source) : target);
      // Hard links: nothing is ever written to the files of a stage that is done.
      if (stage) execFileSync("cp", ["-al", source.replace("/app", images.get(stage)?.path ?? ""), to]);
      else await cp(source, to, { recursive: true });
    }
  }
}

async function copyContext(path: string): Promise<void> {
  const patterns = readFileSync(".dockerignore", "utf8").split("\n");
  const isIgnored = (name: string) => patterns.includes(name) || name.startsWith(".");
  for (const name of await readdir("."))
    if (!isIgnored(name)) await cp(name, join(path, name), { recursive: true });
  const isKept = (from: string) => !/\.next\/(cache|dev)(\/|$)/.test(from);
  await cp(".next", join(path, ".next"), { recursive: true, verbatimSymlinks: true, filter: isKept });
}

function run(command: string, { path, env }: Image, { shims }: Surroundings): void {
  const { status, stdout, stderr } = spawnSync("/bin/sh", ["-ec", command], {
    cwd: path,
    env: { ...env, NODE_ENV: "production", PATH: `${shims}:${process.env.PATH}`, HOME: path },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`RUN ${command}\nended with ${status}:\n${stdout}${stderr}`);
}

/** An npm that installs what is installed here, and a chown that knows no user `node`. */
async function layShims(folder: string): Promise<string> {
  await mkdir(folder);
  const where = (program: string) =>
    execFileSync("/bin/sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const forDevelopment = Object.keys(packages).filter(
    (path) => packages[path].dev || packages[path].devOptional,
  );
  await writeFile(join(folder, "dev"), forDevelopment.join("\n"));
  const scripts = {
    npm: `[ "$1" = ci ] || exec ${where("npm")} "$@"
cp -al ${process.cwd()}/node_modules . 2>&- || { rm -rf node_modules; cp -a ${process.cwd()}/node_modules .; }
rm -rf node_modules/.cache
case "$*" in *--omit=dev*) xargs rm -rf < ${folder}/dev ;; esac`,
    chown: `[ "$(id -u)" != 0 ] || ${where("chown")} 65534:65534 "$2"`,
  };
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(join(folder, name), `#!/bin/sh -e\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}
