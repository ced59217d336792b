import { componentOf } from "../openapi/examples";
import type { Components, Schema } from "../openapi/schemas";

export type Direction = "request" | "response";

export type Compare = (direction: Direction, place: string, was: Schema, is: Schema) => string[];

const UPPER = ["maximum", "maxLength", "maxItems"] as const;
const LOWER = ["minimum", "minLength", "minItems"] as const;

/** Compares schemas to the end; what has a name is compared once for each direction. */
export function createComparison(before: Components, after: Components): Compare {
  const seen = new Set<string>();

  const compare: Compare = (direction, place, was, is) => {
    const pair = `${direction} ${was.$ref} ${is.$ref}`;
    if (seen.has(pair)) return [];
    if (was.$ref !== undefined && is.$ref !== undefined) seen.add(pair);
    const old = partsOf(resolve(was, before));
    const now = partsOf(resolve(is, after));
    const isNamed = old.value.$ref !== undefined || now.value.$ref !== undefined;
    const values = isNamed ? compare : compareValues;
    return [
      ...compareNull(direction, place, old.isNullable, now.isNullable),
      ...values(direction, place, old.value, now.value),
    ];
  };

  const compareValues: Compare = (direction, place, was, is) => {
    if (typesOf(was) !== typesOf(is)) return [`${place} was ${typesOf(was)} and is ${typesOf(is)}`];
    if (was.format !== is.format && (direction === "response" || is.format !== undefined))
      return [`${place} has another format`];
    return [
      ...compareChoices(direction, place, was, is),
      ...(direction === "request" ? compareBounds(place, was, is) : []),
      ...(isSchema(was.items) && isSchema(is.items)
        ? compare(direction, `${place}[]`, was.items, is.items)
        : []),
      ...compareMembers(compare, direction, place, was, is),
    ];
  };

  return compare;
}

function compareNull(direction: Direction, place: string, was: boolean, is: boolean): string[] {
  if (direction === "request") return was && !is ? [`${place} may not be null any more`] : [];
  return is && !was ? [`${place} may be null now`] : [];
}

function compareMembers(
  compare: Compare,
  direction: Direction,
  place: string,
  { properties: old = {}, required: hadTo = [] }: Schema,
  { properties: now = {}, required: hasTo = [] }: Schema,
): string[] {
  const isRequest = direction === "request";
  const flipped = isRequest
    ? hasTo.filter((name) => !hadTo.includes(name))
    : hadTo.filter((name) => !hasTo.includes(name) && name in now);
  return [
    ...flipped.map((name) => `${place}.${name} ${isRequest ? "is required now" : "may be absent now"}`),
    ...Object.entries(old).flatMap(([name, member]) => {
      const current = now[name];
      if (!isSchema(member) || !isSchema(current)) return [`${place}.${name} is gone`];
      return compare(direction, `${place}.${name}`, member, current);
    }),
  ];
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const resolve = (schema: Schema, components: Components) =>
  schema.$ref === undefined ? schema : componentOf(schema.$ref, components);

/** A value and whether null may stand in for it. */
function partsOf(schema: Schema): { value: Schema; isNullable: boolean } {
  const { anyOf, type } = schema;
  if (Array.isArray(type)) {
    const rest = type.filter((each) => each !== "null");
    const [only] = rest;
    return { value: { ...schema, type: rest.length === 1 ? only : rest }, isNullable: type.includes("null") };
  }
  const choices = (anyOf ?? []).filter(isSchema);
  const rest = choices.filter((choice) => choice.type !== "null");
  const [only] = rest;
  if (only && rest.length === 1) return { value: only, isNullable: choices.length > 1 };
  return { value: schema, isNullable: choices.length > rest.length || type === "null" };
}

function typesOf({ type, anyOf, const: constant }: Schema): string {
  if (type !== undefined) return [type].flat().sort().join(" or ");
  if (anyOf)
    return anyOf
      .filter(isSchema)
      .map((choice) => choice.$ref ?? typesOf(choice))
      .sort()
      .join(" or ");
  return constant === undefined ? "anything" : typeof constant;
}

/** A request may lose no choice, and a response gain none; an open list says that it will. */
function compareChoices(direction: Direction, place: string, was: Schema, is: Schema): string[] {
  const old = choicesOf(was);
  const now = choicesOf(is);
  if (direction === "request") {
    const lost = old ? old.filter((value) => now && !now.includes(value)) : now && ["anything else"];
    return (lost ?? []).map((value) => `${place} may not be ${value} any more`);
  }
  if (!old || is["x-extensible"] === true) return [];
  if (!now) return [`${place} may be anything now`];
  return now.filter((value) => !old.includes(value)).map((value) => `${place} may be ${value} now`);
}

function choicesOf({ enum: choices, const: constant }: Schema): string[] | undefined {
  if (constant !== undefined) return [JSON.stringify(constant)];
  return choices?.map((choice) => JSON.stringify(choice));
}

function compareBounds(place: string, was: Schema, is: Schema): string[] {
  const tighter = [
    ...UPPER.filter(
      (name) => (is[name] ?? Number.POSITIVE_INFINITY) < (was[name] ?? Number.POSITIVE_INFINITY),
    ),
    ...LOWER.filter(
      (name) => (is[name] ?? Number.NEGATIVE_INFINITY) > (was[name] ?? Number.NEGATIVE_INFINITY),
    ),
  ];
  return tighter.map((name) => `${place} has a tighter ${name}`);
}
