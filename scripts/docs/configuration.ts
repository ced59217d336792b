import { ENV_VARIABLES } from "@/lib/env-variables";

const SET_FOR_YOU = ["NODE_ENV"];

const NOTE = "This file is printed from `lib/env-variables.ts` by `npm run docs`.";

export function configurationPage(): string {
  const rows = ENV_VARIABLES.map(({ name, description, isRequired, default: value }) => {
    const fallback = value ? `\`${value}\`` : isRequired ? "required" : "";
    return `| \`${name}\` | ${fallback} | ${description} |`;
  });
  return `# Configuration

${NOTE}

Every variable is checked when the application is built and when it starts; all problems are told at once, by name and
without the value, and the exit code is 1. \`.env\`, \`.env.local\` and their kind are read by every command. An empty
value counts as absent. \`npm start\` and \`npm run dev\` provide what is required, with a database and a secret of their
own in \`.data/\`; elsewhere (\`next build\` by hand, Vercel) you provide it.

| variable | default | meaning |
|---|---|---|
${rows.join("\n")}
`;
}

export function envExample(): string {
  const entries = ENV_VARIABLES.filter(({ name }) => !SET_FOR_YOU.includes(name)).map(
    ({ name, description, default: value }) => `# ${description}\n${name}=${value}`,
  );
  return `# Copy to .env and change what you need; as it is, everything works on your machine.\n\n${entries.join("\n\n")}\n`;
}
