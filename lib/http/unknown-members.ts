import { z } from "zod";

/** Whether a schema lets unknown members of its outermost object pass in silence. */
export function ignoresUnknownMembers(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.ZodObject) return schema.def.catchall === undefined;
  if (schema instanceof z.core.$ZodPipe) return ignoresUnknownMembers(schema._zod.def.in);
  return isWrapper(schema) && ignoresUnknownMembers(schema._zod.def.innerType);
}

/** The same schema, made to do so. */
export function ignoringUnknownMembers<S extends z.core.$ZodType>(schema: S): S;
export function ignoringUnknownMembers(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodObject) return schema.strip();
  if (schema instanceof z.core.$ZodPipe) {
    const { def } = schema._zod;
    return z.clone<z.core.$ZodPipe>(schema, { ...def, in: ignoringUnknownMembers(def.in) });
  }
  if (!isWrapper(schema)) return schema;
  const { def } = schema._zod;
  return z.clone<Wrapper>(schema, { ...def, innerType: ignoringUnknownMembers(def.innerType) });
}

type Wrapper = z.core.$ZodOptional | z.core.$ZodDefault;

const isWrapper = (schema: z.core.$ZodType): schema is Wrapper =>
  schema instanceof z.core.$ZodOptional || schema instanceof z.core.$ZodDefault;
