export * from "./spaces";
export * from "./tasks";
export * from "./users";
