// Printed from the file tree by `npm run docs`.
import * as r0 from "@/app/api/tasks/route";
import * as r1 from "@/app/api/tasks/[id]/route";
import * as r2 from "@/app/api/tasks/[id]/complete/route";
import * as r3 from "@/app/api/v1/openapi.json/route";
import * as r4 from "@/app/api/v1/tasks/route";
import * as r5 from "@/app/api/v1/tasks/[id]/route";
import * as r6 from "@/app/api/v1/tasks/[id]/complete/route";
import * as r7 from "@/app/api/[[...path]]/route";
import * as r8 from "@/app/health/route";
import * as r9 from "@/app/health/auth/route";
import * as r10 from "@/app/health/db/route";
import * as r11 from "@/app/health/ready/route";
import type { RouteModule } from "./manifest";

export const routes: readonly RouteModule[] = [
  { pattern: "/api/tasks", methods: r0 },
  { pattern: "/api/tasks/{id}", methods: r1 },
  { pattern: "/api/tasks/{id}/complete", methods: r2 },
  { pattern: "/api/v1/openapi.json", methods: r3 },
  { pattern: "/api/v1/tasks", methods: r4 },
  { pattern: "/api/v1/tasks/{id}", methods: r5 },
  { pattern: "/api/v1/tasks/{id}/complete", methods: r6 },
  { pattern: "/api/{...path}", methods: r7 },
  { pattern: "/health", methods: r8 },
  { pattern: "/health/auth", methods: r9 },
  { pattern: "/health/db", methods: r10 },
  { pattern: "/health/ready", methods: r11 },
];
