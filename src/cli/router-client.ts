import axios, { isAxiosError } from 'axios';
import { Option, type Command } from 'commander';
import { exitCodes, styled, UsageError, type CliIo, type ExitCode } from './cli-io.js';

/** How long a running router may take for an answer. */
const timeoutMs = 30_000;

/** The options of every command that talks to a running router as an operator. */
export interface RouterOptions {
  readonly url: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** What the router said: its status and body, or why there is none. */
export type RouterAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'no-answer'; readonly why: string };

export function urlOption(): Option {
  return new Option('--url <url>', 'the router').default('http://localhost:3000');
}

export function withRouter(command: Command): Command {
  return command
    .addOption(urlOption())
    .addOption(new Option('--token <token>', 'the admin token').env('ADMIN_TOKEN'))
    .option('--json', 'print what the router answers');
}

/** One request to a running router. `path` begins with a slash. */
export async function requestRouter(
  url: string,
  path: string,
  request: { readonly method: string; readonly authorization: string; readonly data?: unknown },
): Promise<RouterAnswer> {
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw new UsageError(`--url ${url} is not an http(s) URL`);
  const { method, authorization, data } = request;
  try {
    const { status, data: body } = await axios.request<unknown>({
      url: `${url.replace(/\/+$/, '')}${path}`,
      method,
      // Written here, since axios would leave out a field of the name __proto__.
      data: data === undefined ? undefined : JSON.stringify(data),
      headers: { authorization, ...(data !== undefined && { 'content-type': 'application/json' }) },
      timeout: timeoutMs,
      validateStatus: () => true,
    });
    return { kind: 'answer', status, body };
  } catch (error) {
    if (!isAxiosError(error)) throw error;
    return { kind: 'no-answer', why: `${url} does not answer: ${error.code ?? error.message}` };
  }
}

/**
 * Calls a route below `/admin`, and prints what it answers: as JSON, or as `readable` writes it. A refusal is printed as
 * an error, and ends the command with findings.
 */
export async function callAdmin<Body>(
  { url, token, json }: RouterOptions,
  io: CliIo,
  method: string,
  path: string,
  readable: (body: Body) => string,
  data?: object,
): Promise<ExitCode> {
  if (token === undefined) throw new UsageError('give the admin token with --token or ADMIN_TOKEN');
  const answer = await requestRouter(url, `/admin/${path}`, {
    method,
    authorization: `Bearer ${token}`,
    data,
  });
  if (answer.kind === 'no-answer' || answer.status >= 300) {
    io.err(
      styled(io, 'red', answer.kind === 'no-answer' ? answer.why : refusalOf(answer.status, answer.body)),
    );
    return exitCodes.findings;
  }
  const { body } = answer;
  io.out(json === true ? JSON.stringify(body === '' ? {} : body, null, 2) : readable(body as Body));
  return exitCodes.fine;
}

function refusalOf(status: number, body: unknown): string {
  const { detail, errors } = (body ?? {}) as {
    detail?: string;
    errors?: readonly { file?: string; line?: number; column?: number; message: string; hint: string }[];
  };
  const more = (errors ?? []).map(({ file, line, column, message, hint }) => {
    const place = file === undefined ? '' : `${file}:${line}:${column}: `;
    return `\n  ${place}${message}: ${hint}`;
  });
  return `the router answered ${status}: ${detail ?? ''}${more.join('')}`;
}
