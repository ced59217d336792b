"use client";

import { useCallback } from "react";
import { nameOf, type Place } from "@/lib/board/quadrants";
import { usePreferences } from "./app-context";

/** What the person calls the quadrants. */
export function useNames(): (place: Place) => string {
  const { quadrant_names: names } = usePreferences();
  return useCallback((place: Place) => nameOf(place, names), [names]);
}
