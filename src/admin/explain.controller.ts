import { Body, Controller, HttpCode, HttpException, HttpStatus, Logger, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Settings } from '../config/settings.js';
import { slackHostsOf } from '../config/slack-hosts.js';
import { Clock } from '../domain/clock.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { limitExceeded, type Problem } from '../rules/problem.js';
import { Explainer, type ExplainOutcome } from '../replay/explainer.js';
import { AdminApi, Answer, JsonBody, ProblemAnswer, reference, TooLarge } from '../web/api-answers.js';
import { ApiExtraModels, ApiOperation, ApiResponse } from '../web/api-description.js';
import { BodyAsSent } from '../web/body-as-sent.js';
import { ProblemDetails, problemOf } from '../web/problem-details.js';
import { ExplainBody, explainExamples } from './explain-request.js';
import { explanationExample, ExplanationView } from './explain-view.js';
import { RulesErrors, rulesProblemExample } from './rules-errors.js';

/** In seconds. */
const askAgainAfter = 5;

const busy = `Too many explanations are asked for at once. Ask again in ${askAgainAfter} s.`;
const faulty = 'The rules have errors.';

/** Tells why events alert, or don't, without storing or sending anything. */
@AdminApi('rules')
@Controller('admin/rules/explain')
export class ExplainController {
  private readonly logger = new Logger(ExplainController.name);

  constructor(
    private readonly rules: CurrentRules,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly explainer: Explainer,
  ) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary:
      'For each event and rule: matched, or the condition that failed; and the alerts with what Slack would get',
  })
  @JsonBody(ExplainBody, explainExamples)
  @Answer(200, 'The explanation', ExplanationView, explanationExample)
  @ProblemAnswer(
    400,
    'The body is no JSON, or something in it is missing or not valid',
    'events must hold at least one event',
  )
  @TooLarge('5 MiB')
  @ApiExtraModels(RulesErrors)
  @ApiResponse({
    status: 422,
    description: 'Every error of the rules that were sent along; or the explanation took too much',
    content: {
      'application/problem+json': {
        schema: { oneOf: [reference(RulesErrors), reference(ProblemDetails)] },
        example: { ...problemOf(422, faulty), errors: [rulesProblemExample] },
      },
    },
  })
  @ProblemAnswer(429, 'Too many explanations are asked for at once, or the address failed too often', busy)
  async explain(@Body(new BodyAsSent(ExplainBody)) body: object, @Res() reply: FastifyReply): Promise<void> {
    const { events, rules, until } = body as ExplainBody;
    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    const outcome = await this.explainer.explain(
      {
        rules: rules ?? this.rules.packed,
        file: this.settings.RULES_FILE,
        hosts: slackHostsOf(this.settings),
        events: asJson(events),
        now: this.clock.now(),
        until: until === undefined ? undefined : Date.parse(until),
        dashboard: this.settings.AUTH0_DASHBOARD_URL,
      },
      left.signal,
    );
    if (outcome.kind === 'busy') void reply.header('Retry-After', askAgainAfter);
    void reply.type('application/json; charset=utf-8').send(this.explained(outcome));
  }

  /** @throws HttpException when there is no explanation */
  private explained(outcome: ExplainOutcome): string {
    switch (outcome.kind) {
      case 'answered':
        break;
      case 'exceeded':
        throw refused(`The explanation took more ${outcome.limit} than it is allowed, and was stopped.`, [
          limitExceeded(this.settings.RULES_FILE, 'explaining these events', outcome.limit),
        ]);
      case 'busy':
        throw new HttpException(busy, HttpStatus.TOO_MANY_REQUESTS);
      case 'unwanted':
        throw new HttpException('The service is stopping.', HttpStatus.SERVICE_UNAVAILABLE);
      case 'failed':
        this.logger.error(`an explanation failed: ${outcome.why}`);
        throw new HttpException(
          'The process that explains ended without an answer; the log of the router says why.',
          HttpStatus.INTERNAL_SERVER_ERROR,
        );
    }
    const { answer } = outcome;
    switch (answer.kind) {
      case 'explained':
        return answer.json;
      case 'faulty-rules':
        throw refused(faulty, answer.problems);
      case 'too-deep':
        throw refused('An event is nested too deeply to be explained.');
      case 'too-much':
        throw refused('The explanation is too long to be sent. Send fewer events.');
    }
  }
}

function asJson(events: readonly unknown[]): string {
  try {
    return JSON.stringify(events);
  } catch {
    throw refused('An event is nested too deeply to be explained.');
  }
}

function refused(message: string, errors?: readonly Problem[]): HttpException {
  return new HttpException(
    errors === undefined ? { message } : { message, errors },
    HttpStatus.UNPROCESSABLE_ENTITY,
  );
}
