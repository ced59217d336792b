DROP FUNCTION "position_above"(text);
DROP FUNCTION "fold"(text);
DROP EXTENSION "unaccent";
