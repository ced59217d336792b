/** Shows that work is going on, and says what came of it. */
export type Step = <T>(doing: string, work: () => Promise<T>, told?: (result: T) => string) => Promise<T>;
