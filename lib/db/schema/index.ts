export * from "./changes";
export * from "./idempotency-keys";
export * from "./spaces";
export * from "./tasks";
export * from "./users";
