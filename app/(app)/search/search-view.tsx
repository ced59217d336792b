"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import styles from "../_lists/lists.module.css";
import { PageHead } from "../_lists/page-head";
import type { First } from "./page";
import { Results } from "./results";
import { SearchForm } from "./search-form";

export function SearchView({ first }: { first: First }) {
  const address = useSearchParams();
  const [query, setQuery] = useState(() => address.get("q") ?? "");
  const [isWithTrash, setIsWithTrash] = useState(() => address.has("trash"));
  const write = (q: string, trash: boolean) => {
    setQuery(q);
    setIsWithTrash(trash);
    const parameters = new URLSearchParams({ ...(q && { q }), ...(trash && { trash: "1" }) });
    history.replaceState(null, "", parameters.size > 0 ? `/search?${parameters}` : "/search");
  };
  return (
    <div className={styles.page} tabIndex={-1}>
      <PageHead title="Search" />
      <SearchForm query={query} isWithTrash={isWithTrash} onChange={write} />
      <Results query={query.trim()} isWithTrash={isWithTrash} first={first} />
    </div>
  );
}
