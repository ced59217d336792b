import { randomBytes } from "node:crypto";

// Imported before everything that reads the environment: the secret and the database of a measurement are its own.
process.env.AUTH_SECRET = randomBytes(32).toString("hex");
process.env.DATABASE_URL = "postgresql://unused@127.0.0.1:1/unused";
