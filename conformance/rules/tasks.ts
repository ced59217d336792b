import type { Rule } from "../rule";
import { matches, same } from "../verdict";

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const MEMBERS =
  "completed_at created_at deleted_at description due_all_day due_datetime id important is_completed is_sorted position priority title updated_at urgent user_id version";

/** What the fields of a task may hold, and what follows from what. */
export const tasks: Rule[] = [
  {
    id: "TASK-01",
    rule: "POST creates: 201 with Location, ETag, X-Change-Id and the whole task",
    check: async ({ me, mark }) => {
      const { body, headers } = await me.ask(201, "POST", "/tasks", { body: { title: `${mark} a` } });
      const task = body.data;
      same(Object.keys(task).sort().join(" "), MEMBERS, "The members of a task");
      same(headers.get("location"), `/api/v1/tasks/${task.id}`, "Location");
      same(headers.get("etag")?.replace(/^W\//, ""), '"1"', "ETag");
      matches(headers.get("x-change-id"), UUID, "X-Change-Id");
      const { description, due_datetime, priority, is_sorted, is_completed, version, user_id } = task;
      same(
        { description, due_datetime, priority, is_sorted, is_completed, version, user_id },
        {
          ...{
            description: null,
            due_datetime: null,
            priority: "not_urgent_not_important",
            is_sorted: false,
          },
          ...{ is_completed: false, version: 1, user_id: me.userId },
        },
        "A task of which only the title was sent",
      );
    },
  },
  {
    id: "TASK-02",
    rule: "GET answers what was written, with the version as ETag",
    check: async ({ me }) => {
      const task = await me.make({ description: "words", priority: "urgent_important" });
      const { body, headers } = await me.ask(200, "GET", `/tasks/${task.id}`);
      same(body.data, task, "The task");
      same(headers.get("etag")?.replace(/^W\//, ""), `"${task.version}"`, "ETag");
    },
  },
  {
    id: "TASK-03",
    rule: "A title has 1 to 255 code points after trimming",
    check: async ({ me, mark }) => {
      const longest = mark + "😀".repeat(255 - mark.length);
      const { body } = await me.ask(201, "POST", "/tasks", { body: { title: `  ${longest}\n` } });
      same(body.data.title, longest, "The title of 255 code points");
      for (const title of [" \t ", `${longest}😀`, null])
        await me.ask("invalid", "POST", "/tasks", { body: { title } });
      await me.ask("invalid", "POST", "/tasks", { body: {} });
    },
  },
  {
    id: "TASK-04",
    rule: "A description has at most 50,000 characters, or is null",
    check: async ({ me }) => {
      const description = "é".repeat(50_000);
      const { id } = await me.make({ description });
      same((await me.get(id)).description === description, true, "The description comes back as it was sent");
      await me.ask("invalid", "PATCH", `/tasks/${id}`, { body: { description: `${description}x` } });
    },
  },
  {
    id: "TASK-05",
    rule: "Every timestamp is UTC with milliseconds; one that is sent needs a zone",
    check: async ({ me }) => {
      const task = await me.make({ due_datetime: "2026-03-01T10:00:00+02:00", is_completed: true });
      same(task.due_datetime, "2026-03-01T08:00:00.000Z", "due_datetime");
      for (const text of [task.created_at, task.updated_at, task.completed_at])
        matches(text, TIMESTAMP, "A timestamp");
      for (const due_datetime of ["2026-03-01T10:00:00", "2026-03-01", "tomorrow", "2026-02-30T10:00:00Z"])
        await me.ask("invalid", "PATCH", `/tasks/${task.id}`, { body: { due_datetime } });
    },
  },
  {
    id: "TASK-06",
    rule: "What is due on a day is due at 00:00Z of it, and at no other time",
    check: async ({ me }) => {
      const { id } = await me.make({ due_datetime: "2026-03-01T00:00:00Z", due_all_day: true });
      const { due_datetime, due_all_day } = await me.get(id);
      same([due_datetime, due_all_day], ["2026-03-01T00:00:00.000Z", true], "due_datetime and due_all_day");
      const body = { due_datetime: "2026-03-01T10:30:00Z", due_all_day: true };
      await me.ask("invalid", "PATCH", `/tasks/${id}`, { body });
    },
  },
  {
    id: "TASK-07",
    rule: "Writing a priority sorts the task, and important and urgent follow from it",
    check: async ({ me }) => {
      const { id } = await me.make();
      for (const important of [true, false])
        for (const urgent of [true, false]) {
          const priority = `${urgent ? "urgent" : "not_urgent"}_${important ? "important" : "not_important"}`;
          const { data } = (await me.ask(200, "PATCH", `/tasks/${id}`, { body: { priority } })).body;
          const got = [data.priority, data.important, data.urgent, data.is_sorted];
          same(got, [priority, important, urgent, true], "priority, important, urgent and is_sorted");
        }
      await me.ask("invalid", "PATCH", `/tasks/${id}`, { body: { priority: "high" } });
    },
  },
  {
    id: "TASK-08",
    rule: "is_sorted: false makes the priority not_urgent_not_important",
    check: async ({ me }) => {
      const { id } = await me.make({ priority: "urgent_important" });
      const { data } = (await me.ask(200, "PATCH", `/tasks/${id}`, { body: { is_sorted: false } })).body;
      same([data.priority, data.is_sorted], ["not_urgent_not_important", false], "priority and is_sorted");
    },
  },
];
