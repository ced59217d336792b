CREATE EXTENSION IF NOT EXISTS "unaccent";
--> statement-breakpoint
-- What a search compares: lower case, no accents. Immutable by promise: the dictionary must not be edited.
CREATE FUNCTION "fold"("value" text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(unaccent('unaccent'::regdictionary, normalize("value", NFKC)));
--> statement-breakpoint
-- A fractional-index key that sorts before "first": the integer part is counted down, and two random digits behind
-- it keep two writers who saw the same first key apart. The smallest key there is has nothing before it but itself.
CREATE FUNCTION "position_above"("first" text) RETURNS text
LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
DECLARE
	digits CONSTANT text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
	jitter text := substr(digits, 1 + floor(random() * 62)::int, 1) || substr(digits, 2 + floor(random() * 61)::int, 1);
	head int := ascii("first");
	width int := CASE WHEN head >= ascii('a') THEN head - ascii('a') + 1 ELSE ascii('Z') - head + 1 END;
	body text := substr("first", 2, width);
	digit int;
BEGIN
	IF "first" IS NULL THEN RETURN 'a0' || jitter; END IF;
	FOR i IN REVERSE width..1 LOOP
		digit := strpos(digits, substr(body, i, 1)) - 1;
		IF digit > 0 THEN
			RETURN chr(head) || overlay(body placing substr(digits, digit, 1) FROM i FOR 1) || jitter;
		END IF;
		body := overlay(body placing 'z' FROM i FOR 1);
	END LOOP;
	RETURN CASE
		WHEN head = ascii('a') THEN 'Z' || body || jitter
		WHEN head = ascii('A') THEN "first"
		WHEN head > ascii('a') THEN chr(head - 1) || left(body, -1) || jitter
		ELSE chr(head - 1) || body || 'z' || jitter
	END;
END $$;
