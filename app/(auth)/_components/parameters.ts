export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** One that is there once. */
export async function parameter(parameters: SearchParams, name: string): Promise<string | undefined> {
  const value = (await parameters)[name];
  return typeof value === "string" ? value : undefined;
}
