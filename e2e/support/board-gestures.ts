import fc from "fast-check";
import { PLACES } from "@/lib/board/quadrants";
import {
  adding,
  changing,
  completing,
  type Deed,
  dating,
  moving,
  reordering,
  toggling,
  trashing,
} from "@/lib/board/verbs";
import { type Device, names } from "./board-device";

/** What the network does with a write: lose it, lose its answer, refuse it for now, or take its time. */
export const FAULTS = ["none", "none", "none", "lost", "answer lost", "503", "slow"] as const;

export type Fault = (typeof FAULTS)[number];

type Doing = { kind: "act" | "undo" | "redo"; verb: keyof typeof verbs; nth: number; more: number };

export type Step = Doing & { device: number };

/** What a person does to one or some of the tasks that are there. */
const verbs = {
  add: ({ board }: Device, _: string[], { nth, more }: Doing) => {
    const titles = Array.from({ length: 1 + (more % 3) }, (_, index) => `New ${nth} ${index}`);
    const place = PLACES[nth % PLACES.length] ?? "do";
    return adding(
      board.view(),
      titles.map((title) => ({ title, place })),
      names,
    );
  },
  complete: ({ board }: Device, ids: string[], { more }: Doing) =>
    completing(board.view(), ids, more % 3 > 0),
  move: ({ board }: Device, ids: string[], { nth, more }: Doing) =>
    moving(board.view(), ids, PLACES[more % PLACES.length] ?? "do", names, nth % 4),
  reorder: ({ board }: Device, [id = ""]: string[], { more }: Doing) =>
    reordering(board.view(), id, (["up", "down", "top", "bottom"] as const)[more % 4] ?? "up", names),
  toggle: ({ board }: Device, ids: string[], { more }: Doing) =>
    toggling(board.view(), ids, more % 2 ? "urgent" : "important", names),
  rename: ({ board }: Device, [id = ""]: string[], { nth, more }: Doing) =>
    changing(board.view(), id, { title: `Title ${nth % 3} ${more}` }),
  note: ({ board }: Device, [id = ""]: string[], { more }: Doing) =>
    changing(board.view(), id, { description: more % 4 ? `Note ${more}` : null }),
  date: ({ board }: Device, ids: string[], { more }: Doing) => {
    const due = { due_datetime: `2026-10-1${more % 10}T00:00:00.000Z`, due_all_day: more % 2 === 0 };
    return dating(board.view(), ids, more % 5 ? due : null, "then");
  },
  trash: ({ board }: Device, ids: string[]) => trashing(board.view(), ids.slice(0, 2)),
} satisfies Record<string, (device: Device, ids: string[], doing: Doing) => Deed>;

const verb = fc.constantFrom(...(Object.keys(verbs) as (keyof typeof verbs)[]));
const kind = fc.constantFrom(
  "act" as const,
  "act" as const,
  "act" as const,
  "undo" as const,
  "redo" as const,
);

export const stepOf = (devices: number) =>
  fc.record<Step>({
    device: fc.nat(devices - 1),
    kind,
    verb,
    nth: fc.nat(30),
    more: fc.nat(30),
  });

export function perform(device: Device, step: Doing): void {
  const { board } = device;
  if (step.kind === "undo") return void board.undo();
  if (step.kind === "redo") return void board.redo();
  const open = Object.values(board.view().places).flat();
  const from = open.length === 0 ? 0 : step.nth % open.length;
  // Mostly one, sometimes a selection.
  const ids = open.slice(from, from + (step.more % 4 === 0 ? 5 : 1));
  board.act(verbs[step.verb](device, ids, step));
}
