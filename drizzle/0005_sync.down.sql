ALTER TABLE "spaces" DROP COLUMN "floor_seq";
UPDATE "changes" SET "op" = 'update' WHERE "op" IN ('undo', 'purge');
ALTER TABLE "changes" DROP CONSTRAINT "changes_op_check";
ALTER TABLE "changes" ADD CONSTRAINT "changes_op_check" CHECK ("changes"."op" in ('create', 'update', 'complete', 'delete', 'restore'));
