import { BadRequestException, type PipeTransform } from '@nestjs/common';
import { validateSync } from 'class-validator';

/**
 * Checks a body against a class and hands on what was sent. Nest's own pipe makes instances of all that is in a body, which
 * takes keys such as `constructor` out of an event and fails where one is nested too deeply.
 */
export class BodyAsSent<T extends object> implements PipeTransform<unknown, T> {
  /** @param type one whose properties hold no instances of other classes */
  constructor(private readonly type: new () => T) {}

  transform(body: unknown): T {
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      throw new BadRequestException('The body must be a JSON object.');
    const instance = Object.assign(new this.type(), body);
    const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true });
    if (errors.length > 0)
      throw new BadRequestException(errors.flatMap(({ constraints }) => Object.values(constraints ?? {})));
    return instance;
  }
}
