import { createHash } from "node:crypto";
import { z } from "zod";
import snapshot from "@/lib/client/openapi.json" with { type: "json" };

/** Not a plain object, whose members the pipeline would rename to snake_case. */
class Snapshot {
  toJSON() {
    return snapshot;
  }
}

export const OpenApiDocument = z
  .instanceof(Snapshot)
  .meta({ type: "object", description: "An OpenAPI 3.1 document" });

export const document = new Snapshot();

export const documentEtag = `"${createHash("sha256").update(JSON.stringify(snapshot)).digest("base64url").slice(0, 22)}"`;
