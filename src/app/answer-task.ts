/** What a task's process says in the end. */
export type TaskReply<Answer> =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly why: string };

/**
 * Makes this process one that {@link TaskProcesses} started: it does the work for the one request that comes, and answers.
 * It is ended by the process that started it, or ends with that one.
 */
export function answerTask<Request, Answer>(work: (request: Request) => Promise<Answer>): void {
  process.once('disconnect', () => process.exit());
  // Signals that the whole group gets are answered by the process that started this one.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  process.once('message', (request) => {
    void reply(work(request as Request)).then((said) => process.send?.(said));
  });
}

async function reply<Answer>(working: Promise<Answer>): Promise<TaskReply<Answer>> {
  try {
    return { ok: true, answer: await working };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
