import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { personFields, type PersonField } from '../domain/redaction.js';
import { Erasure, type Erased } from '../operations/erasure.js';
import {
  ApiBearerAuth,
  ApiBody,
  ApiOperation,
  ApiProperty,
  ApiResponse,
  ApiTags,
} from '../web/api-description.js';
import { BodyAsSent } from '../web/body-as-sent.js';

const value = { message: 'value must be the text to be forgotten, of 3 to 500 characters' };

/** Who is to be forgotten. */
export class EraseBody {
  /** What the person is known by. */
  @ApiProperty({ enum: personFields })
  @IsIn(personFields, { message: `field must be one of ${personFields.join(', ')}` })
  field!: PersonField;

  /** As events have it; the case of letters does not matter. */
  @ApiProperty({ minLength: 3, maxLength: 500, example: 'auth0|5f7c8ec7c33c6c004bbafe82' })
  @IsString(value)
  @MinLength(3, value)
  @MaxLength(500, value)
  value!: string;
}

@ApiTags('privacy')
@ApiBearerAuth('admin')
@Controller('admin/erase')
export class EraseController {
  constructor(private readonly erasure: Erasure) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Forgets a person: in the history, in windows, and in messages that were sent or are dead',
  })
  @ApiBody({ type: EraseBody })
  @ApiResponse({ status: 200, description: 'How many alerts and messages are gone or show less' })
  erase(@Body(new BodyAsSent(EraseBody)) body: object): Promise<Erased> {
    const { field, value: wanted } = body as EraseBody;
    return this.erasure.erase(field, wanted);
  }
}
