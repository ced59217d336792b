import { createStore } from "./store";

export type Notice = {
  id: number;
  kind: "done" | "error";
  text: string;
  /** Shown when somebody wants to know more. */
  lines: readonly string[];
  actions: readonly { label: string; run(): void }[];
};

type New = Pick<Notice, "kind" | "text"> & Partial<Notice>;

const SHOWN = 3;

export function createNotices() {
  const store = createStore<{ list: readonly Notice[]; said: string }>({ list: [], said: "" });
  let last = 0;

  return {
    store,
    /** Read out, and not shown: what can be seen anyhow. */
    say: (text: string) => store.set({ said: store.get().said === text ? `${text}\u00a0` : text }),
    show(notice: New): number {
      last += 1;
      const entry: Notice = { lines: [], actions: [], ...notice, id: last };
      const { list } = store.get();
      const errors = list.filter(({ kind }) => kind === "error");
      // One thing done at a time can be taken back from here; what failed stays until somebody decides.
      const kept = notice.kind === "done" ? errors : list;
      store.set({ list: [...kept, entry].slice(-SHOWN) });
      return entry.id;
    },
    dismissDone: () => store.set({ list: store.get().list.filter(({ kind }) => kind !== "done") }),
    dismiss: (id: number) => store.set({ list: store.get().list.filter((notice) => notice.id !== id) }),
  };
}

export type Notices = ReturnType<typeof createNotices>;
