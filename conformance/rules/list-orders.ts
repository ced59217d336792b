import type { Rule } from "../rule";
import { same } from "../verdict";
import { find, rank, shelf } from "./shelf";

export const listOrders: Rule[] = [
  {
    id: "LIST-12",
    rule: "Tasks without a due date come last in both orders",
    check: async (run) => {
      const order = async (sort_order: string) =>
        (await find(run, { sort_by: "due_datetime", sort_order })).slice(0, 3);
      same(
        [await order("asc"), await order("desc")],
        ["Dae", "eaD"],
        "The first three by due_datetime, asc and desc",
      );
    },
  },
  {
    id: "LIST-13",
    rule: "By priority the most pressing come first when ascending, and the id breaks ties",
    check: async (run) => {
      const { q, tasks } = await shelf(run);
      const sorted = async (sort_order: string) =>
        (await run.me.list({ q, sort_by: "priority", sort_order })).tasks;
      const wanted = tasks.map((task) => `${rank(task)} ${task.id}`).sort();
      same(
        (await sorted("asc")).map((task) => `${rank(task)} ${task.id}`),
        wanted,
        "Quadrant and id, ascending",
      );
      same((await sorted("desc")).map(rank), [3, 3, 2, 1, 0, 0], "The quadrants, descending");
    },
  },
  {
    id: "LIST-14",
    rule: "By title capitals count as small letters",
    check: async (run) => {
      same(await find(run, {}), "aBcDeF", "The order by title");
      same(await find(run, { sort_order: "desc" }), "FeDcBa", "The order by title, descending");
    },
  },
  {
    id: "LIST-15",
    rule: "By position the unsorted come first, then quadrant by quadrant, each in its own order",
    check: async (run) => same(await find(run, { sort_by: "position" }), "cDaBFe", "The order by position"),
  },
];
