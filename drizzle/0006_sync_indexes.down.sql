DROP INDEX "users_deleted_idx";
DROP INDEX "tasks_deleted_idx";
DROP INDEX "tasks_trash_idx";
DROP INDEX "idempotency_keys_created_idx";
DROP INDEX "changes_at_idx";
