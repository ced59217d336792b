CREATE TABLE "changes" (
	"space_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"group_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"op" text NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"before" jsonb,
	"after" jsonb NOT NULL,
	"actor_id" uuid NOT NULL,
	"session_id" uuid,
	CONSTRAINT "changes_space_id_seq_pk" PRIMARY KEY("space_id","seq"),
	CONSTRAINT "changes_op_check" CHECK ("changes"."op" in ('create', 'update', 'complete', 'delete', 'restore')),
	CONSTRAINT "changes_before_check" CHECK (("changes"."op" = 'create') = ("changes"."before" is null))
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"space_id" uuid NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"row" jsonb NOT NULL,
	"group_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_space_id_key_pk" PRIMARY KEY("space_id","key")
);
--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_space_id_spaces_id_fk" FOREIGN KEY ("space_id") REFERENCES "public"."spaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_space_id_spaces_id_fk" FOREIGN KEY ("space_id") REFERENCES "public"."spaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "changes_group_idx" ON "changes" USING btree ("space_id","group_id");