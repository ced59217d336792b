ALTER TABLE "changes" DROP CONSTRAINT "changes_op_check";--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_op_check" CHECK ("changes"."op" in ('create', 'update', 'complete', 'delete', 'restore', 'undo', 'purge')) NOT VALID;--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "floor_seq" bigint DEFAULT 0 NOT NULL;
