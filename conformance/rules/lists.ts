import type { Task } from "@/lib/client/api.gen";
import { inQuery, word } from "../person";
import type { Rule } from "../rule";
import { same } from "../verdict";
import { BY_TITLE, find, finds, letters, shelf } from "./shelf";

export const lists: Rule[] = [
  {
    id: "LIST-01",
    rule: "A list has tasks, total_count, limit, offset and next_cursor, and brings the newest 50 first",
    check: async (run) => {
      const { q } = await shelf(run);
      const { tasks, ...rest } = await run.me.list({ q });
      same(letters(tasks), "FeDcBa", "The order");
      same(rest, { total_count: 6, limit: 50, offset: 0, next_cursor: null }, "What stands beside the tasks");
    },
  },
  {
    id: "LIST-02",
    rule: "422 a limit outside 1 to 100, and any value that is none",
    check: async ({ me }) => {
      const wrong = {
        offset: -1,
        completed: 1,
        sort_by: "colour",
        priority: "high",
        sort_order: "up",
        due_before: "now",
      };
      const { body } = await me.ask("invalid", "GET", `/tasks?${inQuery(wrong)}`);
      same(
        [...new Set(body.errors?.map(({ path }) => path))].sort(),
        Object.keys(wrong).sort(),
        "errors[].path",
      );
      for (const query of ["limit=0", "limit=101", "limit=x", "due_before=2026-03-01T10:00:00"])
        await me.ask("invalid", "GET", `/tasks?${query}`);
    },
  },
  {
    id: "LIST-03",
    rule: "offset skips, and total_count counts all",
    check: async (run) => {
      const { q } = await shelf(run);
      const page = (offset: number) => run.me.list({ q, offset, limit: 4, ...BY_TITLE });
      const pages = [await page(0), await page(4), await page(9)];
      same(
        pages.map(({ tasks }) => letters(tasks)),
        ["aBcD", "eF", ""],
        "The pages",
      );
      same(
        pages.map(({ total_count }) => total_count),
        [6, 6, 6],
        "total_count",
      );
    },
  },
  {
    id: "LIST-04",
    rule: "count=false, and every page by cursor, leaves total_count null",
    check: async (run) => {
      const { q } = await shelf(run);
      const first = await run.me.list({ q, limit: 5, count: false });
      const second = await run.me.list({ q, limit: 5, cursor: first.next_cursor ?? "" });
      same(
        [first.total_count, second.total_count, second.next_cursor],
        [null, null, null],
        "total_count, and the end",
      );
    },
  },
  {
    id: "LIST-05",
    rule: "By cursor every task is seen exactly once, however they are sorted",
    check: async (run) => {
      const { q, tasks } = await shelf(run);
      const ids = tasks.map(({ id }) => id).sort();
      const orders = [
        "created_at asc",
        "updated_at desc",
        "due_datetime asc",
        "due_datetime desc",
        "priority asc",
      ];
      for (const order of [...orders, "title desc", "position asc", "position desc"]) {
        const [sort_by = "", sort_order = ""] = order.split(" ");
        const walked = await run.me.walk({ q, sort_by, sort_order, limit: 4 });
        same(walked.map(({ id }) => id).sort(), ids, `The ids by ${order}`);
      }
    },
  },
  {
    id: "LIST-06",
    rule: "By cursor nothing is lost or repeated while other tasks come, change and go",
    check: async ({ me }) => {
      const q = word();
      const tasks: Task[] = [];
      for (const letter of ["a", "b", "c", "d"]) tasks.push(await me.make({ title: `${q} ${letter}` }));
      const between = async () => {
        await me.make({ title: `${q} x` });
        await me.ask(200, "PATCH", `/tasks/${tasks[1]?.id}`, { body: { description: word() } });
        await me.ask(undefined, "DELETE", `/tasks/${tasks[0]?.id}`);
      };
      const walked = await me.walk({ q, limit: 2 }, between);
      same(letters(walked).replaceAll("x", "").slice(0, 3), "dcb", "The tasks that stayed");
      same(new Set(walked.map(({ id }) => id)).size, walked.length, "Different ids");
    },
  },
  {
    id: "LIST-07",
    rule: "422 a cursor of another query, or one that is none",
    check: async (run) => {
      const { q } = await shelf(run);
      const { next_cursor } = await run.me.list({ q, limit: 1 });
      for (const other of ["completed=true", "sort_order=asc"])
        await run.me.ask("invalid", "GET", `/tasks?q=${q}&limit=1&${other}&cursor=${next_cursor}`);
      for (const cursor of ["x", "W10", ""]) await run.me.ask("invalid", "GET", `/tasks?cursor=${cursor}`);
    },
  },
  {
    id: "LIST-08",
    rule: "priority, sorted, completed and is_completed filter",
    check: (run) =>
      finds(run, {
        "priority=urgent_important": "aD",
        "sorted=false": "c",
        "completed=true": "B",
        "is_completed=false": "acDeF",
        "completed=false&sorted=true&priority=urgent_not_important": "F",
      }),
  },
  {
    id: "LIST-09",
    rule: "due_before is exclusive, due_after inclusive",
    check: (run) =>
      finds(run, {
        "due_before=2026-03-02T10:00:00Z": "D",
        "due_after=2026-03-02T10:00:00Z": "ae",
        "due_after=2026-03-02T10:00:00Z&due_before=2026-03-03T10:00:00Z": "a",
      }),
  },
  {
    id: "LIST-10",
    rule: "updated_since is inclusive",
    check: async ({ me }) => {
      const q = word();
      const [first, second] = [await me.make({ title: `${q} a` }), await me.make({ title: `${q} b` })];
      const { data } = (await me.ask(200, "PATCH", `/tasks/${first.id}`, { body: { description: "later" } }))
        .body;
      same(letters((await me.list({ q, updated_since: data.updated_at })).tasks), "a", "Since its own time");
      same(
        (await me.list({ q, updated_since: second.updated_at })).total_count,
        2,
        "Since the time of the second",
      );
    },
  },
  {
    id: "LIST-11",
    rule: "q finds every word in title or description, whatever its case and accents",
    check: async (run) => {
      const { q } = await shelf(run);
      const wanted = { CAFE: "a", "café łódź": "a", "cafe missing": "", "50%": "B", "5_%": "", łód: "a" };
      for (const [words, found] of Object.entries(wanted))
        same(await find(run, { q: `${q.toUpperCase()} ${words}` }), found, `Found with q=${words}`);
    },
  },
];
