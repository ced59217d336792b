import { Connection, type Message, type Reply } from "./connection";

/** What somebody asks for, again and again: each asks for the next thing when the last was answered. */
export type Asker = { ask(): Message; hear?(reply: Reply): void };

export type Measured = { perSecond: number; errors: number };

/** For so long, over so many connections as there are askers. */
export async function runClosedLoop(
  url: string,
  askers: readonly Asker[],
  seconds: number,
): Promise<Measured> {
  const connections = await Promise.all(askers.map(() => Connection.open(url)));
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let answered = 0;
  let errors = 0;
  await Promise.all(
    askers.map(async ({ ask, hear }, at) => {
      const connection = connections[at];
      while (connection && performance.now() < endsAt) {
        const reply = await connection.send(ask());
        if (reply.status < 200 || reply.status > 299) errors += 1;
        else answered += 1;
        hear?.(reply);
      }
    }),
  );
  const perSecond = answered / ((performance.now() - startedAt) / 1000);
  for (const connection of connections) connection.close();
  return { perSecond, errors };
}
