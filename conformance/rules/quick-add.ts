import { unknownId } from "../person";
import type { Rule, Run } from "../rule";
import { holds, same } from "../verdict";

const QUICK = "/tasks/quick";

/** What is answered to a line. */
async function add({ me }: Pick<Run, "me">, body: object, headers?: Record<string, string>) {
  const { data } = (await me.ask(201, "POST", QUICK, { body, ...(headers && { headers }) })).body;
  // It stands deeper in the answer than where tasks that are made are looked for.
  if (data.task) me.made.add(data.task.id);
  return data;
}

/** Lines whose meaning depends on no clock. */
export const quickAdd: Rule[] = [
  {
    id: "QUICK-01",
    rule: "A quadrant and a date are taken out of the text, and the rest is the title of a new task",
    check: async (run) => {
      const text = `${run.mark} dentist 3 nov 2031 14:30 !2`;
      const { parse, task } = await add(run, { text, time_zone: "Europe/Berlin" });
      holds(task !== null, "There is no task");
      const { title, priority, is_sorted, due_datetime, due_all_day } = task;
      const expected = {
        title: `${run.mark} dentist`,
        priority: "not_urgent_important",
        is_sorted: true,
        due_datetime: "2031-11-03T13:30:00.000Z",
        due_all_day: false,
      };
      same({ title, priority, is_sorted, due_datetime, due_all_day }, expected, "The task");
      const { tokens, suggestions, ...understood } = parse;
      same(understood, expected, "The parse");
      same(suggestions, [], "The suggestions");
      same(
        tokens.map(({ kind, start, end }) => [kind, text.slice(start, end)]),
        [
          ["due", "3 nov 2031 14:30"],
          ["quadrant", "!2"],
        ],
        "The tokens",
      );
      same(await run.me.get(task.id), task, "What GET answers");
    },
  },
  {
    id: "QUICK-02",
    rule: "A day without a time is 00:00Z of it, whatever the time zone",
    check: async (run) => {
      for (const time_zone of ["Pacific/Kiritimati", "America/New_York"]) {
        const text = `${run.mark} pay 2031-11-03`;
        const { due_datetime, due_all_day } = (await add(run, { text, time_zone })).parse;
        same(
          { due_datetime, due_all_day },
          { due_datetime: "2031-11-03T00:00:00.000Z", due_all_day: true },
          time_zone,
        );
      }
    },
  },
  {
    id: "QUICK-03",
    rule: "A dry run understands the line, and makes nothing",
    check: async (run) => {
      const token = await run.me.now();
      const id = unknownId();
      const text = `${run.mark} walk in 2 weeks !1`;
      const { parse, task } = await add(run, { id, text, dry_run: true });
      same([parse.title, parse.priority, task], [`${run.mark} walk`, "urgent_important", null], "The answer");
      await run.me.ask("not_found", "GET", `/tasks/${id}`);
      same((await run.me.since(token)).changes, [], "What has changed");
    },
  },
  {
    id: "QUICK-04",
    rule: "What is only likely is suggested, and stays in the title; so does what is quoted or repeated",
    check: async (run) => {
      const parsed = async (text: string) => (await add(run, { text, dry_run: true })).parse;
      const likely = await parsed("Prepare Friday demo");
      same([likely.title, likely.due_datetime], ["Prepare Friday demo", null], "The title and the date");
      same(
        likely.suggestions.map(({ text }) => text),
        ["Friday"],
        "The suggestions",
      );
      for (const text of ['Read "next friday"', "Water the plants every 3 days", "Fix the monitor stand"]) {
        const { title, due_datetime, tokens, suggestions } = await parsed(text);
        same(
          { title, due_datetime, tokens, suggestions },
          { title: text, due_datetime: null, tokens: [], suggestions: [] },
          text,
        );
      }
    },
  },
  {
    id: "QUICK-05",
    rule: "A text has 1 to 255 code points, one of them no space, and a line of markers is its own title",
    check: async (run) => {
      for (const text of ["", " \t ", "😀".repeat(256), null])
        await run.me.ask("invalid", "POST", QUICK, { body: { text } });
      for (const bad of [
        { time_zone: "Europe/Nowhere" },
        { locale: "en GB" },
        { dry_run: "no" },
        { title: "x" },
      ])
        await run.me.ask("invalid", "POST", QUICK, { body: { text: "x", dry_run: true, ...bad } });
      const { title, is_sorted } = (await add(run, { text: "!1", dry_run: true })).parse;
      same({ title, is_sorted }, { title: "!1", is_sorted: false }, "The parse of !1");
    },
  },
  {
    id: "QUICK-06",
    rule: "With the same Idempotency-Key the same line makes one task, and the same id is refused twice",
    check: async (run) => {
      const id = unknownId();
      const body = { id, text: `${run.mark} walk in 45 minutes` };
      const headers = { "idempotency-key": unknownId() };
      const first = await add(run, body, headers);
      const again = await run.me.ask(201, "POST", QUICK, { body, headers });
      holds(again.headers.get("idempotent-replayed") === "true", "The second answer is not marked");
      same(again.body.data.task, first.task, "The second answer's task");
      const { current } = (await run.me.ask("conflict", "POST", QUICK, { body })).body;
      same(current, first.task, "current");
    },
  },
];
