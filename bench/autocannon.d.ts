/** The part of autocannon that the benchmark uses. */
declare module 'autocannon' {
  export interface Options {
    readonly url: string;
    readonly method: 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly connections: number;
    readonly duration: number;
    readonly setupClient?: (client: {
      setBody(body: Buffer): void;
      on(event: 'response', listener: () => void): void;
    }) => void;
    readonly body?: Buffer;
  }
  export interface Result {
    readonly requests: { readonly total: number };
    /** In seconds. */
    readonly duration: number;
    readonly latency: { readonly p50: number; readonly p99: number; readonly p99_9: number };
    readonly errors: number;
    readonly non2xx: number;
  }
  export default function autocannon(options: Options): Promise<Result>;
}
