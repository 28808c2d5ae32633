import { CaptureTag, Context, Liquid, type Emitter, type Template as ParsedTemplate } from 'liquidjs';

// Unicode noncharacters, which no valid text holds, mark where an output starts and ends. Values are stripped of them.
export const open = '\uFDD0';
export const close = '\uFDD1';
const marks = /[\uFDD0\uFDD1]/g;

export const liquid = new Liquid({
  outputEscape: (value: unknown) => `${open}${textOf(value).replace(marks, '')}${close}`,
  ownPropertyOnly: true,
  strictFilters: true,
  timezoneOffset: 0,
  cache: false,
  // An empty map, without inherited names, instead of the file system: templates can't read files.
  templates: Object.create(null) as Record<string, string>,
  // In characters: of one template's source.
  parseLimit: 100_000,
});

// Captured text becomes a value like any other, so that it compares, splits and counts without the marks.
liquid.registerTag(
  'capture',
  class extends CaptureTag {
    override *render(context: Context): Generator<unknown, void, string> {
      yield* super.render(context);
      const scope = context.bottom() as Record<string, unknown>;
      scope[this.variable] = String(scope[this.variable]).replace(marks, '');
    }
  },
);

// liquidjs counts what filters make, but not what a template writes, which a loop multiplies.
const renderUncounted = liquid.renderer.renderTemplates.bind(liquid.renderer);
liquid.renderer.renderTemplates = (templates, context, emitter = new CountedOutput(context)) =>
  renderUncounted(templates, context, emitter);

/** What a template writes, taken off the memory that its rendering may use. */
class CountedOutput implements Emitter {
  buffer = '';

  constructor(private readonly context: Context) {}

  write(written: unknown): void {
    const text = textOf(written);
    this.context.memoryLimit.use(text.length);
    this.buffer += text;
  }
}

export interface RenderLimits {
  /** In ms. */
  readonly renderLimit: number;
  /** In characters, and elements of lists, that filters make and templates write. */
  readonly memoryLimit: number;
}

/** A template takes less than a millisecond. The time is for the clock on the wall, which goes on while a busy machine stalls. */
const usual: RenderLimits = { renderLimit: 1_000, memoryLimit: 5_000_000 };

/**
 * The time and memory that templates may use together: those of one alert share one, however many fields it has. The time
 * runs from the first rendering on. What exceeds it fails, and so does all that is rendered with it afterwards.
 */
export class RenderBudget {
  /** Why templates failed that were rendered with it, each reason once. */
  readonly failures = new Set<string>();
  private shared: Pick<Context, 'memoryLimit' | 'renderLimit'> | undefined;

  constructor(private readonly limits = usual) {}

  /** @throws Error what liquidjs has against the template or its values */
  render(parsed: ParsedTemplate[], scope: object): string {
    this.shared ??= new Context({}, liquid.options, this.limits);
    const { memoryLimit, renderLimit } = this.shared;
    // A scope of its own, since {% increment %} writes into the one it is given.
    const own = Object.assign(Object.create(null) as object, scope);
    const context = new Context(own, liquid.options, { sync: true }, { memoryLimit, renderLimit, liquid });
    return liquid.renderSync(parsed, context) as string;
  }
}

/** A value as Liquid prints it. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => textOf(item)).join('');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}
