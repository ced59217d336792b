import { z } from "zod";

const says = <const S extends string>(status: S, id: string) =>
  z.object({ status: z.literal(status) }).meta({ id });

export const Healthy = says("healthy", "Healthy");
export const DatabaseConnected = says("database connected", "DatabaseConnected");
export const AuthOperational = says("authentication system operational", "AuthOperational");
export const Ready = says("ready", "Ready");
