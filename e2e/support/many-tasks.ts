import { query } from "./database";

const DONE = 10;

/** Open tasks in equal parts in the four quadrants, in the order of their numbers, and some that are done. */
export async function insertManyTasks(databaseUrl: string, userId: string, count: number): Promise<void> {
  await query(
    databaseUrl,
    `with counted as (
       update spaces set live_count = live_count + $2 + ${DONE}, seq = seq + 1 where id = $1
     )
     insert into tasks (space_id, id, title, description, due_datetime, priority, is_sorted, position, is_completed,
       completed_at)
     select $1, gen_random_uuid(),
       (array['Call', 'Write', 'Order', 'Check', 'Plan'])[1 + n % 5] || ' '
         || (array['the report', 'the plumber', 'milk', 'an invoice', 'tickets', 'the garden', 'a café'])[1 + n % 7]
         || ' ' || n,
       case when n % 4 = 0 then 'Before the end of the week, and ask about the price of number ' || n end,
       case when n % 3 = 0 then now() + n * interval '1 hour' end,
       1 + n % 4, true, 'a0' || lpad(n::text, 6, '0') || 'V', n > $2, case when n > $2 then now() end
     from generate_series(1, $2::int + ${DONE}) n`,
    [userId, count],
  );
}
