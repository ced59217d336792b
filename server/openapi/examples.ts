import type { Components, Schema } from "./schemas";

const BY_FORMAT: Record<string, string> = {
  uuid: "01932f6e-8000-7000-8000-000000000001",
  "date-time": "2026-03-01T09:00:00.000Z",
  uri: "https://example.org/",
  email: "ada@example.org",
};

/** A value that the schema allows: its own example where it has one, else one made of its parts. */
export function exampleOf(schema: Schema, components: Components): unknown {
  const { examples, $ref, anyOf, enum: choices } = schema;
  if (Array.isArray(examples) && examples.length > 0) return examples[0];
  if ("default" in schema) return schema.default;
  if ("const" in schema) return schema.const;
  if ($ref !== undefined) return exampleOf(componentOf($ref, components), components);
  if (choices) return choices[0];
  if (anyOf?.[0]) return exampleOf(anyOf[0] as Schema, components);
  return byType(schema, components);
}

export function componentOf($ref: string, components: Components): Schema {
  const component = components[$ref.slice($ref.lastIndexOf("/") + 1)];
  if (!component) throw new Error(`${$ref} is not there.`);
  return component;
}

function byType(schema: Schema, components: Components): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, member]) => [
          name,
          exampleOf(member as Schema, components),
        ]),
      );
    case "array":
      return schema.items ? [exampleOf(schema.items as Schema, components)] : [];
    case "string":
      return BY_FORMAT[schema.format ?? ""] ?? "text";
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    case "boolean":
      return false;
    default:
      return {};
  }
}
