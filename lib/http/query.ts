import { AppError, type Issue } from "@/lib/errors";
import { isStorable, unstorable } from "@/lib/http/json";
import { invalid } from "@/lib/http/validate";

/** One value for each parameter; a legacy client that repeats one gets the last, as it always did. */
export function parseQuery(search: string, isLenient: boolean): Record<string, string> {
  const query: Record<string, string> = Object.create(null);
  if (search === "") return query;
  const errors: Issue[] = [];
  for (const [name, value] of new URLSearchParams(search)) {
    if (name in query && !isLenient)
      errors.push({ path: name, code: "repeated", message: "is given more than once" });
    if (!isStorable(name) || !isStorable(value)) errors.push(unstorable(name));
    query[name] = value;
  }
  if (errors.length > 0) throw invalid(errors);
  if (hasReplacement(query) && !/%ef%bf%bd/i.test(search))
    throw new AppError("malformed", "The query is not valid UTF-8.");
  return query;
}

/** URLSearchParams replaces what is not UTF-8 silently. */
const hasReplacement = (query: Record<string, string>) =>
  Object.entries(query).some(([name, value]) => name.includes("\uFFFD") || value.includes("\uFFFD"));
