type Options = {
  nonce: string;
  /** Where forms may lead beside here: the providers that a sign-in button sends the browser to. */
  formTargets: readonly string[];
  isDevelopment: boolean;
};

/** What a page may load and do. Scripts run only if this very answer named them, wherever they were injected. */
export function contentSecurityPolicy({ nonce, formTargets, isDevelopment }: Options): string {
  const directives = [
    ["default-src", "'self'"],
    [
      "script-src",
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(isDevelopment ? ["'unsafe-eval'"] : []),
    ],
    // Next's development overlay adds styles as it goes.
    ["style-src", "'self'", isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    // Without it the rule for scripts counts, which knows no worker.
    ["worker-src", "'self'"],
    ["img-src", "'self'", "data:", "blob:"],
    ["object-src", "'none'"],
    ["base-uri", "'none'"],
    ["form-action", "'self'", ...formTargets],
    ["frame-ancestors", "'none'"],
  ];
  return directives.map((directive) => directive.join(" ")).join("; ");
}
