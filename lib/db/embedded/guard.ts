import { spawn } from "node:child_process";
import { as } from "./place";

const SCRIPT = 'read -r _ && exit; kill -s "$1" -- "$2"';

/**
 * Ends another process (or, by a negative number, its group) when this one dies, even by `kill -9`: a shell waits on a
 * pipe that only this process holds. The function returned calls it off.
 */
export function guard(signal: "INT" | "KILL", target: number): () => void {
  const keeper = spawn("/bin/sh", ["-c", SCRIPT, "guard", signal, String(target)], {
    ...as(undefined),
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  keeper.on("error", () => {});
  keeper.stdin.on("error", () => {});
  keeper.unref();
  if ("unref" in keeper.stdin && typeof keeper.stdin.unref === "function") keeper.stdin.unref();
  return () => keeper.stdin.end("called off\n");
}
