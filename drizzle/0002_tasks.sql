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
	"search" text GENERATED ALWAYS AS (fold(title || E'\n' || coalesce(description, ''))) STORED NOT NULL,
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
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_space_id_spaces_id_fk" FOREIGN KEY ("space_id") REFERENCES "public"."spaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tasks_created_idx" ON "tasks" USING btree ("space_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_due_idx" ON "tasks" USING btree ("space_id","due_datetime","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_priority_idx" ON "tasks" USING btree ("space_id","priority","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_title_idx" ON "tasks" USING btree ("space_id",(lower("title") collate "C"),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_board_idx" ON "tasks" USING btree ("space_id","is_sorted","priority","position","id") WHERE deleted_at is null;