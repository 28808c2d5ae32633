import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A span as OTLP has it in JSON, without what no test asks for. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly Attribute[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code: number };
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly CollectedSpan[] }[];
  }[];
}

/** What takes traces by OTLP over HTTP in JSON, as an OpenTelemetry collector does. */
export class FakeCollector {
  /** The requests that came, as they were sent. */
  readonly bodies: string[] = [];
  readonly paths: string[] = [];
  /** The status of its answers; undefined: it never answers. */
  status: number | undefined = 200;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeCollector> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const collector = new FakeCollector(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      void collector.take(request).then((status) => {
        if (status !== undefined) response.writeHead(status).end('{}');
      });
    });
    return collector;
  }

  get spans(): readonly CollectedSpan[] {
    return this.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
  }

  /** What the first request says of the service. */
  get resource(): Readonly<Record<string, unknown>> {
    return valuesOf(this.resourceSpans[0]?.resource.attributes ?? []);
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async take(request: IncomingMessage): Promise<number | undefined> {
    this.paths.push(request.url ?? '');
    this.bodies.push(await text(request));
    return this.status;
  }

  private get resourceSpans(): Export['resourceSpans'] {
    return this.bodies.flatMap((body) => (JSON.parse(body) as Export).resourceSpans);
  }
}

/** The attributes by their names. */
export function valuesOf(attributes: readonly Attribute[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
