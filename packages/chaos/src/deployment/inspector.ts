import { once } from 'node:events';
import { WebSocket } from 'undici';

const answerMsMax = 20_000;

/**
 * Evaluates an expression in a running Node process through its inspector (the Chrome DevTools
 * protocol), so that faults need no hook in the program. Resolves when the process has it, not when
 * it is done: a busy loop answers nobody.
 */
export async function evaluateIn(inspectorUrl: string, expression: string): Promise<void> {
  const socket = new WebSocket(inspectorUrl);
  const signal = AbortSignal.timeout(answerMsMax);
  try {
    await once(socket, 'open', { signal });
    // Nothing else was asked for, so the next message is the answer to this.
    const answered = once(socket, 'message', { signal });
    const params = { expression: `setImmediate(() => { ${expression} }), 0` };
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
    const [{ data }] = (await answered) as [{ data: string }];
    const { error, result } = JSON.parse(data) as EvaluateAnswer;
    const failure = error?.message ?? result?.exceptionDetails?.text;
    if (failure !== undefined) throw new Error(`the process can not evaluate it: ${failure}`);
  } finally {
    socket.close();
  }
}

interface EvaluateAnswer {
  readonly error?: { readonly message: string };
  readonly result?: { readonly exceptionDetails?: { readonly text: string } };
}
