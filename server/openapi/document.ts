import type { Components, Schema } from "./schemas";

/** As much of OpenAPI 3.1 as the document uses. */
export type Document = {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, OperationObject>>;
  components: {
    schemas: Components;
    responses: Record<string, ResponseObject>;
    parameters: Record<string, Parameter>;
    headers: Record<string, Header>;
    securitySchemes: Record<string, object>;
  };
};

export type Ref = { $ref: string };

export type Header = { description: string; schema: Schema };

export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description?: string;
  schema: Schema;
};

export type Content = Record<string, { schema: Schema; example?: unknown }>;

export type ResponseObject = { description: string; headers?: Record<string, Ref>; content?: Content };

export type OperationObject = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters: (Parameter | Ref)[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, ResponseObject | Ref>;
};
