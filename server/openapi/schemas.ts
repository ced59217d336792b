import { z } from "zod";

export type Schema = z.core.JSONSchema.BaseSchema;

export type Components = Record<string, Schema>;

type Direction = "input" | "output";

/** Turns schemas into JSON Schema; those with a name go into `components` and are referred to. */
export function createSchemas() {
  const components: Components = {};

  function schemaOf(schema: z.ZodType, io: Direction): Schema {
    const json = z.toJSONSchema(schema, {
      io,
      unrepresentable: "any",
      override: (context) => polish(context.zodSchema, context.jsonSchema, io),
    });
    const { $schema: _, $defs = {}, ...root } = pointToComponents(json);
    for (const [name, component] of Object.entries($defs)) add(name, component);
    return root;
  }

  function add(name: string, component: Schema): void {
    const { id: _, ...schema } = component;
    const known = components[name];
    if (known && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(
        `The schema ${name} has two forms: give the one that is sent and the one that is read a name each.`,
      );
    components[name] = schema;
  }

  return { components, schemaOf, add };
}

function pointToComponents(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

function polish(source: z.core.$ZodType, json: Schema, io: Direction): void {
  // The pattern beside a format says the same, in 400 characters.
  if (json.format !== undefined) delete json.pattern;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  // v1 only ever gains: a client must not refuse the members that it does not know yet.
  if (io === "output" && json.additionalProperties === false) delete json.additionalProperties;
  // zod leaves out the default of whatever is transformed.
  if (source instanceof z.core.$ZodDefault && io === "input") json.default ??= source._zod.def.defaultValue;
  if (json.example !== undefined) {
    json.examples = [json.example];
    delete json.example;
  }
}

export const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
