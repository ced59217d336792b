import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { personId, SEQ, sessionId, TASKS_EACH, taskId } from "./people";

export type Size = {
  people: number;
  /** The tasks of one more, the last, whom no real person should equal. */
  rich: number;
};

const VERBS = ["Call", "Write to", "Order from", "Check", "Plan"];
const THINGS = ["the plumber", "the bank", "the market", "the school", "the garden", "a café", "the doctor"];
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const NEW_YEAR_MS = Date.UTC(2026, 0, 1);
const BATCH = 500;

/** Streams everything into an empty, migrated database; indexes are made when the rows are there, which takes half the time. */
export async function fill(
  url: string,
  { people, rich }: Size,
  tell: (text: string) => void,
): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("set statement_timeout = 0; set maintenance_work_mem = '512MB'");
    await insertPeople(client, people, rich);
    const indexes = await dropIndexes(client);
    const total = people * TASKS_EACH + rich;
    const copy = client.query(copyFrom(`copy tasks (${COLUMNS}) from stdin`));
    await pipeline(Readable.from(lines({ people, rich }, total, tell)), copy);
    for (const [at, index] of indexes.entries()) {
      tell(`index ${at + 1} of ${indexes.length}`);
      await client.query(index);
    }
    await client.query("vacuum (analyze)");
    return total;
  } finally {
    await client.end();
  }
}

async function insertPeople(client: pg.Client, people: number, rich: number): Promise<void> {
  const numbers = Array.from({ length: people + 1 }, (_, number) => number);
  await client.query(
    `with given as (select * from unnest($1::uuid[], $2::uuid[], $3::int[]) as g (id, session, count)),
     person as (insert into users (id, email) select id, id || '@example.org' from given),
     space as (insert into spaces (id, owner_id, live_count, seq, floor_seq)
       select id, id, count, ${SEQ}, ${SEQ} from given)
     insert into sessions (id, user_id, kind, method, device, idle_expires_at, absolute_expires_at)
     select session, id, 'api', 'password', 'Unknown program', now() + interval '7 days', now() + interval '30 days'
     from given`,
    [
      numbers.map(personId),
      numbers.map(sessionId),
      numbers.map((number) => (number === people ? rich : TASKS_EACH)),
    ],
  );
}

/** How to make them again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = 'tasks'::regclass and not indisprimary and not indisunique`,
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

const COLUMNS =
  "space_id, id, title, description, due_datetime, priority, is_sorted, position, is_completed, completed_at, created_at, updated_at";

/** In the order of their creation, everybody's mixed, as in a service that has been used for a year. */
function* lines({ people, rich }: Size, total: number, tell: (text: string) => void): Generator<string> {
  let batch = "";
  let count = 0;
  let told = 0;
  const add = (person: number, task: number, of: number) => {
    batch += line(person, task, NEW_YEAR_MS + Math.round((task / of) * YEAR_MS));
    count += 1;
  };
  for (let task = 0; task < Math.max(rich, TASKS_EACH); task += 1) {
    if (task < TASKS_EACH) for (let person = 0; person < people; person += 1) add(person, task, TASKS_EACH);
    if (task < rich) add(people, task, rich);
    if (count % BATCH > 0 && batch.length < 64 * 1024) continue;
    yield batch;
    batch = "";
    const tenths = Math.floor((count / total) * 10);
    if (tenths > told) tell(`${tenths}0 % of the tasks are there`);
    told = tenths;
  }
  yield batch;
}

function line(person: number, task: number, createdMs: number): string {
  const number = person + task;
  const created = new Date(createdMs).toISOString();
  const due = number % 3 > 0 ? new Date(NEW_YEAR_MS + (number % 9_000) * 3_600_000).toISOString() : "\\N";
  const title = `${VERBS[number % 5]} ${THINGS[number % 7]} about number ${task}`;
  const description =
    number % 2 === 0 ? `Before the end of the week, and ask about the price of ${task}` : "\\N";
  const isDone = task % 2 === 0;
  const position = `a0${String(task).padStart(6, "0")}V`;
  const fields = [
    personId(person),
    taskId(person, task),
    title,
    description,
    due,
    1 + (number % 4),
    "t",
    position,
  ];
  return `${[...fields, isDone ? "t" : "f", isDone ? created : "\\N", created, created].join("\t")}\n`;
}
