/** Over the page that is there, without asking the server; its address is that of the task's own page. */
export function openTask(id: string): void {
  history.pushState({ isPanel: true }, "", `/task/${id}`);
}
