ALTER TABLE "changes" DROP CONSTRAINT "changes_op_check";
ALTER TABLE "changes" ADD CONSTRAINT "changes_op_check" CHECK ("changes"."op" in ('create', 'update', 'complete', 'delete', 'restore', 'undo', 'purge')) NOT VALID;
