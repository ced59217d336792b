DROP TABLE "throttles";
DROP TABLE "sessions";
DROP TABLE "security_events";
DROP FUNCTION keep_security_events();
DROP TABLE "passwords";
DROP TABLE "mail_links";
DROP TABLE "accounts";
ALTER TABLE "users" DROP COLUMN "preferences";
ALTER TABLE "users" DROP COLUMN "email_verified_at";
