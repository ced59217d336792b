const HIDDEN = /<input[^>]*type="hidden"[^>]*>/g;

const attributeOf = (tag: string, name: string) =>
  (new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");

/** The page as a browser without scripts has it; what it answers to somebody's e-mail address and password. */
export async function openSignInForm(url: string) {
  const page = await (await fetch(`${url}/sign-in`)).text();
  const hidden = page.match(HIDDEN) ?? [];
  if (hidden.length === 0) throw new Error("The page has no form that works without scripts.");
  return (given: { email: string; password: string }, address: string) => {
    const form = new FormData();
    for (const tag of hidden) form.set(attributeOf(tag, "name"), attributeOf(tag, "value"));
    for (const [name, value] of Object.entries(given)) form.set(name, value);
    return fetch(`${url}/sign-in`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: url, "x-forwarded-for": address },
      body: form,
    });
  };
}
