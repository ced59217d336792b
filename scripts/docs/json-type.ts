import type { Schema } from "@/server/openapi/schemas";

/** The TypeScript type of what a JSON schema allows. */
export function typeOf(schema: Schema, indent = ""): string {
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map((choice) => typeOf(choice as Schema, indent)).join(" | ");
  if (Array.isArray(schema.type))
    return schema.type.map((type) => typeOf({ ...schema, type }, indent)).join(" | ");
  switch (schema.type) {
    case "object":
      return objectType(schema, indent);
    case "array":
      return schema.items ? `Array<${typeOf(schema.items as Schema, indent)}>` : "unknown[]";
    case "integer":
      return "number";
    case "string":
    case "number":
    case "boolean":
    case "null":
      return schema.type;
    default:
      return "unknown";
  }
}

function objectType({ properties, required = [], additionalProperties }: Schema, indent: string): string {
  if (!properties) {
    const value =
      typeof additionalProperties === "object" ? typeOf(additionalProperties as Schema, indent) : "unknown";
    return `Record<string, ${value}>`;
  }
  const inner = `${indent}  `;
  const members = Object.entries(properties).map(([name, value]) => {
    const member = value as Schema;
    const mark = required.includes(name) ? "" : "?";
    return `${comment(member.description, inner)}${inner}${name}${mark}: ${typeOf(member, inner)};\n`;
  });
  return `{\n${members.join("")}${indent}}`;
}

export const comment = (text: string | undefined, indent = "") => (text ? `${indent}/** ${text} */\n` : "");
