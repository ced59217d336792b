import { createStore } from "./store";

export type Notice = {
  id: number;
  kind: "done" | "error";
  text: string;
  /** Shown when somebody wants to know more. */
  lines: readonly string[];
  actions: readonly { label: string; run(): void }[];
  /** What it asks about: a later question of the same, or a later answer, takes its place. */
  about?: string;
};

type New = Pick<Notice, "kind" | "text"> & Partial<Notice>;

export function createNotices() {
  const store = createStore<{ list: readonly Notice[]; said: string }>({ list: [], said: "" });
  let last = 0;

  const drop = (isOver: (notice: Notice) => boolean) => {
    const { list } = store.get();
    if (list.some(isOver)) store.set({ list: list.filter((notice) => !isOver(notice)) });
  };

  return {
    store,
    /** Read out, and not shown: what can be seen anyhow. */
    say: (text: string) => store.set({ said: store.get().said === text ? `${text}\u00a0` : text }),
    show(notice: New): number {
      last += 1;
      const entry: Notice = { lines: [], actions: [], ...notice, id: last };
      const { kind, about } = entry;
      // One thing done at a time can be taken back from here; what failed stays until somebody decides.
      const isOver = (other: Notice) =>
        about === undefined ? kind === "done" && other.kind === kind : other.about === about;
      store.set({ list: [...store.get().list.filter((other) => !isOver(other)), entry] });
      return entry.id;
    },
    dismissDone: () => drop(({ kind }) => kind === "done"),
    dismissAbout: (about: string) => drop((notice) => notice.about === about),
    dismiss: (id: number) => drop((notice) => notice.id === id),
  };
}

export type Notices = ReturnType<typeof createNotices>;
