DROP TABLE "tasks";
