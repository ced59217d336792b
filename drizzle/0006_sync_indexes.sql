-- no transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS "changes_at_idx" ON "changes" USING brin ("at");--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "idempotency_keys_created_idx" ON "idempotency_keys" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "tasks_trash_idx" ON "tasks" USING btree ("space_id","deleted_at","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "tasks_deleted_idx" ON "tasks" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "users_deleted_idx" ON "users" USING btree ("id") WHERE deleted_at is not null;
