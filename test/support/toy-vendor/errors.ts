// The refusals of the toy vendor: 422 with the names of the wrong fields.
import type { Draft } from '../../../src/domain/connection.ts';
import { ValidationError } from '../../../src/domain/errors.ts';
import type { HttpAnswer } from '../../../src/http/request.ts';
import { statusToError, type RequestContext } from '../../../src/vendors/send-and-parse.ts';
import { pathOfWireName } from '../../../src/vendors/refused-field-path.ts';
import { toyOptionsWire } from './fields.ts';
import { toyErrorWire } from './wire.ts';

export function createRefusal(answer: HttpAnswer, context: RequestContext, draft: Draft): Error {
  const body = toyErrorWire.safeParse(answer.json);
  if (answer.status !== 422 || !body.success) return statusToError(answer, context);
  return new ValidationError(
    body.data.wrong.map((name) => ({
      path: pathOfWireName(name, draft, 'toy', toyOptionsWire),
      code: 'INVALID',
      message: 'The toy does not take this value.',
      source: 'VENDOR',
    })),
  );
}
