ALTER TABLE "changes" VALIDATE CONSTRAINT "changes_op_check";
