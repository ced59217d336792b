import { z } from "zod";

const says = <const S extends string>(status: S) => z.object({ status: z.literal(status) });

export const Healthy = says("healthy");
export const DatabaseConnected = says("database connected");
export const AuthOperational = says("authentication system operational");
export const Ready = says("ready");
