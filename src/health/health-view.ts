import { ApiProperty } from '../web/api-description.js';

class CheckView {
  @ApiProperty({ enum: ['up', 'down'] })
  status!: 'up' | 'down';
}

/** Checks by their names. */
class ChecksView {
  /** Whether it takes writes. */
  @ApiProperty({ required: false })
  database?: CheckView;

  /** Whether some are in force. */
  @ApiProperty({ required: false })
  rules?: CheckView;

  /** Whether the last load of the rules file was good. It does not count. */
  @ApiProperty({ required: false })
  reload?: CheckView;
}

/** That the process answers. */
export class LivenessView {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

/** Whether batches can be taken. */
export class ReadinessView {
  @ApiProperty({ enum: ['ok', 'error'] })
  status!: 'ok' | 'error';

  /** The checks that hold. */
  @ApiProperty()
  info!: ChecksView;

  /** The checks that fail. */
  @ApiProperty()
  error!: ChecksView;

  /** All checks. */
  @ApiProperty()
  details!: ChecksView;
}

const up = { status: 'up' } as const;
const down = { status: 'down' } as const;

export const readyExample: ReadinessView = {
  status: 'ok',
  info: { database: up, rules: up, reload: up },
  error: {},
  details: { database: up, rules: up, reload: up },
};

export const notReadyExample: ReadinessView = {
  status: 'error',
  info: { rules: up, reload: up },
  error: { database: down },
  details: { database: down, rules: up, reload: up },
};
