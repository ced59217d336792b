CREATE TABLE "spaces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"live_count" integer DEFAULT 0 NOT NULL,
	"trashed_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "spaces_counts_check" CHECK ("spaces"."seq" >= 0 and "spaces"."live_count" >= 0 and "spaces"."trashed_count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"space_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"due_datetime" timestamp (3) with time zone,
	"due_all_day" boolean DEFAULT false NOT NULL,
	"priority" smallint DEFAULT 4 NOT NULL,
	"is_sorted" boolean DEFAULT false NOT NULL,
	"position" text collate "C" NOT NULL,
	"is_completed" boolean DEFAULT false NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tasks_space_id_id_pk" PRIMARY KEY("space_id","id"),
	CONSTRAINT "tasks_title_check" CHECK (char_length("tasks"."title") between 1 and 255),
	CONSTRAINT "tasks_description_check" CHECK (char_length("tasks"."description") <= 50000),
	CONSTRAINT "tasks_priority_check" CHECK ("tasks"."priority" between 1 and 4),
	CONSTRAINT "tasks_unsorted_check" CHECK ("tasks"."is_sorted" or "tasks"."priority" = 4),
	CONSTRAINT "tasks_completed_check" CHECK ("tasks"."is_completed" = ("tasks"."completed_at" is not null)),
	CONSTRAINT "tasks_all_day_check" CHECK (not "tasks"."due_all_day" or ("tasks"."due_datetime" is not null and date_trunc('day', "tasks"."due_datetime", 'UTC') = "tasks"."due_datetime")),
	CONSTRAINT "tasks_version_check" CHECK ("tasks"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_check" CHECK (char_length("users"."email") <= 254),
	CONSTRAINT "users_name_check" CHECK (char_length("users"."name") <= 255)
);
--> statement-breakpoint
ALTER TABLE "spaces" ADD CONSTRAINT "spaces_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_space_id_spaces_id_fk" FOREIGN KEY ("space_id") REFERENCES "public"."spaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree (lower("email"));