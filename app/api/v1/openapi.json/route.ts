import { endpoint, route } from "@/lib/api";
import { reply } from "@/lib/http/reply";
import { document, documentEtag, OpenApiDocument } from "@/lib/openapi/document";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = endpoint({
  GET: route(
    {
      auth: "public",
      summary: "Get this document",
      output: OpenApiDocument,
      bare: true,
      conditional: true,
      headers: { "cache-control": "public, max-age=300" },
    },
    () => reply(document, { etag: documentEtag }),
  ),
});
