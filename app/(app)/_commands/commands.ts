import { anywhere } from "./anywhere";
import { boardCommands } from "./board-commands";
import type { Command } from "./command";
import { taskCommands } from "./task-commands";

/** All that can be done: the keyboard, the sheet of shortcuts and the palette read this one table. */
export const COMMANDS: readonly Command[] = [...anywhere, ...boardCommands, ...taskCommands];
