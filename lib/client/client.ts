import { methods } from "./api.gen";
import { type ClientOptions, createCall } from "./call";

export type * from "./api.gen";
export { ApiError, NetworkError } from "./api-error";
export type { ClientOptions, Result, TokenSource } from "./call";

export type Client = ReturnType<typeof createClient>;

/** Every endpoint of the API as a method: `client.tasks.list({ sorted: false })`. */
export const createClient = (options: ClientOptions) => methods(createCall(options));
