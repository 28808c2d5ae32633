import { IsIn, IsOptional } from 'class-validator';
import { ApiProperty } from '../web/api-description.js';

/** How the rules are loaded. Its text is read as it is: as a boolean, Nest would take every text but `true` for false. */
export class ReloadQuery {
  /** Whether the rules in force stay as they are, and the answer only says what would change. */
  @ApiProperty({ required: false, type: Boolean, default: false, example: true })
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'dryRun must be true or false' })
  dryRun?: 'true' | 'false';
}
