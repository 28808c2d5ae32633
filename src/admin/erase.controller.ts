import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { personFields, type PersonField } from '../domain/redaction.js';
import { Erasure, type Erased } from '../operations/erasure.js';
import { AdminApi, Answer, ChangesSomething, JsonBody, ProblemAnswer, TooLarge } from '../web/api-answers.js';
import { ApiOperation, ApiProperty } from '../web/api-description.js';
import { BodyAsSent } from '../web/body-as-sent.js';

const fieldMessage = `field must be one of ${personFields.join(', ')}`;
const value = { message: 'value must be the text to be forgotten, of 3 to 500 characters' };

/** Who is to be forgotten. */
export class EraseBody {
  /** What the person is known by. */
  @ApiProperty({ enum: personFields })
  @IsIn(personFields, { message: fieldMessage })
  field!: PersonField;

  /** As events have it; the case of letters does not matter. */
  @ApiProperty({ minLength: 3, maxLength: 500 })
  @IsString(value)
  @MinLength(3, value)
  @MaxLength(500, value)
  value!: string;
}

/** What became of what was stored about a person. */
export class ErasedView implements Erased {
  /** Alerts that are gone. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  alerts!: number;

  /** Messages that are gone, or show less than before. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  deliveries!: number;

  /** Alerts that still wait to be sent and stay until then: erase again once they were sent. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  waiting!: number;

  /** Silences in force that name the person, which stay. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  silences!: number;
}

/** Forgets people. */
@AdminApi('privacy')
@Controller('admin/erase')
export class EraseController {
  constructor(private readonly erasure: Erasure) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Forgets a person: in the history, in windows, and in messages that were sent or are dead',
  })
  @JsonBody(EraseBody, { 'a user': { field: 'user_id', value: 'auth0|5f7c8ec7c33c6c004bbafe82' } })
  @Answer(200, 'What was stored about the person is gone, except what waits to be sent', ErasedView, {
    alerts: 12,
    deliveries: 9,
    waiting: 0,
    silences: 0,
  })
  @ProblemAnswer(400, 'The body is no JSON, or something in it is missing or not valid', fieldMessage)
  @ChangesSomething()
  @TooLarge('5 MiB')
  erase(@Body(new BodyAsSent(EraseBody)) body: object): Promise<ErasedView> {
    const { field, value: wanted } = body as EraseBody;
    return this.erasure.erase(field, wanted);
  }
}
