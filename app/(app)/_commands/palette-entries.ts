import type { Task } from "@/lib/client/client";
import { openTask } from "../_shell/open-task";
import { type Command, type Scene, subjectOf } from "./command";
import { COMMANDS } from "./commands";
import { type Findable, type Found, find, findable, SURE } from "./fuzzy";

export type Entry = {
  id: string;
  group: Group;
  title: string;
  /** Shown on the right, and works without the palette too. */
  keys?: readonly string[];
  run(scene: Scene): void;
};

type Group = "actions" | "recent" | "tasks" | "go" | "create" | "commands" | "offers";

export type Section = { group: Group; entries: Entry[] };

const ORDER: readonly Group[] = ["actions", "recent", "tasks", "go", "create", "commands"];

const TASKS_SHOWN = 12;

export const headingOf = (group: Group, scene: Scene): string =>
  ({
    actions: `Actions on ${subjectOf(scene)}`,
    recent: "Recent",
    tasks: "Tasks",
    go: "Go to",
    create: "Create",
    commands: "Commands",
    offers: "Not what you are looking for?",
  })[group];

const CREATES: readonly string[] = ["quick-add", "add-here"];

const groupOf = ({ id, group, needsTask }: Command): Group => {
  if (needsTask) return "actions";
  if (CREATES.includes(id)) return "create";
  return group === "Go to" ? "go" : "commands";
};

/** All that can be found, made ready once when the palette opens. */
export function catalogOf(scene: Scene): Findable<Entry>[] {
  const commands = COMMANDS.filter(
    ({ isOnlyKey, needsTask }) => !isOnlyKey && (!needsTask || scene.ids.length > 0),
  );
  return [
    ...commands.flatMap((command) => {
      const title = command.titleOf ? command.titleOf(scene) : command.title;
      if (title === null) return [];
      const { id, keys, run, aliases } = command;
      return [findable<Entry>({ id, group: groupOf(command), title, keys, run }, title, aliases)];
    }),
    ...[...scene.board.view().tasks.values()].filter(({ deleted_at }) => deleted_at === null).map(taskEntry),
  ];
}

const taskEntry = ({ id, title, is_completed }: Task): Findable<Entry> =>
  findable<Entry>(
    {
      id: `task-${id}`,
      group: "tasks",
      title: is_completed ? `${title} (done)` : title,
      run: () => openTask(id),
    },
    title,
  );

/** Without a question: what there is to do. With one: what answers it, and what else could be meant. */
export function sectionsFor(
  query: string,
  catalog: readonly Findable<Entry>[],
  recent: readonly string[],
): Section[] {
  const text = query.trim();
  if (text === "") return allSections(catalog, recent);
  const found = find(text, catalog);
  const sections = ORDER.flatMap((group) => {
    const hits = found
      .filter(({ item }) => item.group === group)
      .slice(0, group === "tasks" ? TASKS_SHOWN : undefined);
    return hits.length > 0 ? [{ group, hits }] : [];
  });
  const isSure = ({ hits }: { hits: readonly Found<Entry>[] }) => (hits[0]?.score ?? 0) >= SURE;
  return [...sections.filter(isSure), ...sections.filter((section) => !isSure(section))]
    .map(({ group, hits }): Section => ({ group, entries: hits.map(({ item }) => item) }))
    .concat({ group: "offers", entries: offersFor(text) });
}

function allSections(catalog: readonly Findable<Entry>[], recent: readonly string[]): Section[] {
  const again = recent.flatMap((id) => catalog.find(({ item }) => item.id === id)?.item ?? []);
  return ORDER.flatMap((group): Section[] => {
    if (group === "tasks") return [];
    const entries =
      group === "recent"
        ? again
        : catalog.flatMap(({ item }) => (item.group === group && !again.includes(item) ? item : []));
    return entries.length > 0 ? [{ group, entries }] : [];
  });
}

const offersFor = (text: string): Entry[] => [
  {
    id: "create-task",
    group: "offers",
    title: `Create task “${text}”`,
    run: ({ ui }) => ui.set({ dialog: "quick-add", draft: text }),
  },
  {
    id: "search-everywhere",
    group: "offers",
    title: `Search everywhere for “${text}”`,
    run: ({ router }) => router.push(`/search?${new URLSearchParams({ q: text })}`),
  },
];
