-- 1.1 million tasks for an empty, migrated database: 10,000 people with 100 each, and one with 100,000.
set statement_timeout = 0;

create temporary table people as
  select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id,
    case n when 10001 then 100000 else 100 end as size
  from generate_series(1, 10001) n;

insert into users (id, email) select id, id || '@example.org' from people;
insert into spaces (id, owner_id, live_count, seq) select id, id, size, size from people;

-- In the order of their creation, everybody's mixed, as in a service that has been used for a year.
insert into tasks (space_id, id, title, description, due_datetime, priority, is_sorted, position, is_completed,
    completed_at, created_at, updated_at)
  select id, gen_random_uuid(),
    (array['Call', 'Write', 'Order', 'Check', 'Plan'])[1 + n % 5] || ' '
      || (array['the report', 'the plumber', 'milk', 'an invoice', 'tickets', 'the garden', 'a café'])[1 + n % 7] || ' ' || n,
    case when n % 2 = 0 then 'Before the end of the week, and ask about the price of number ' || n end,
    case when n % 3 > 0 then timestamptz '2026-01-01' + n % 9000 * interval '1 hour' end,
    1 + n % 4, true, 'a' || lpad(n::text, 6, '0') || 'V', n % 2 = 0,
    case when n % 2 = 0 then timestamptz '2026-01-01' + n % 9000 * interval '1 hour' end,
    created_at, created_at
  from people, generate_series(1, size) n,
    lateral (select timestamptz '2026-01-01' + (n::float8 / size) * interval '365 days' as created_at) times
  order by created_at;

vacuum (analyze) tasks;
analyze;
