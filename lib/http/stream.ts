import { z } from "zod";

/** A member of the answer, or some more items of one that is a list; in the order of the output's members. */
export type Part = readonly [name: string, value: unknown];

type Shape = (value: unknown) => unknown;

/** The JSON of an object, piece by piece as its parts come: no more than one of them is in memory. */
export function createStream(
  output: z.ZodType | null,
  createShape: (schema: z.ZodType) => Shape,
): (parts: AsyncIterable<Part>) => AsyncGenerator<string> {
  if (!(output instanceof z.ZodObject)) throw new Error("What is streamed is an object.");
  const members = Object.entries(output.shape).map(([name, schema]) => {
    const isList = schema instanceof z.ZodArray;
    const item = isList ? schema.element : schema;
    return { name, isList, shape: createShape(item as z.ZodType) };
  });

  return async function* write(parts) {
    yield '{"success":true,"data":{';
    let at = -1;
    let isFirst = true;
    for await (const [name, value] of parts) {
      while (members[at]?.name !== name) {
        yield closing(members[at]) + opening(members[++at], at === 0, name);
        isFirst = true;
      }
      const member = members[at];
      const values = member?.isList && Array.isArray(value) ? value : [value];
      const texts = values.map((each) => JSON.stringify(member?.shape(each)));
      if (texts.length > 0) yield (isFirst ? "" : ",") + texts.join(",");
      isFirst = texts.length === 0 && isFirst;
    }
    yield `${closing(members[at])}}}`;
  };
}

type Member = { name: string; isList: boolean } | undefined;

function opening(member: Member, isFirst: boolean, wanted: string): string {
  if (!member) throw new Error(`No member ${wanted} comes next.`);
  return `${isFirst ? "" : ","}${JSON.stringify(member.name)}:${member.isList ? "[" : ""}`;
}

const closing = (member: Member) => (member?.isList ? "]" : "");

/** Reads the first piece, so that what fails at the start can still be answered properly. */
export async function begun(pieces: AsyncGenerator<string>): Promise<AsyncIterable<string>> {
  const head = [await pieces.next(), await pieces.next()];
  return (async function* () {
    try {
      for (const { value, done } of head) if (!done) yield value;
      yield* pieces;
    } finally {
      await pieces.return(undefined);
    }
  })();
}
