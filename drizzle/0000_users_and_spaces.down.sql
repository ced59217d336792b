DROP TABLE "spaces";
DROP TABLE "users";
