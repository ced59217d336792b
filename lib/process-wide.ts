/** One per process: Next gives each of its entries an own copy of every module, but there is one `globalThis`. */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`fourfold.${name}`);
  const made: { value: T } = Reflect.get(globalThis, key) ?? { value: make() };
  Reflect.set(globalThis, key, made);
  return made.value;
}
