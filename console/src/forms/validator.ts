// The validator that the form library asks which alternative of a one-of group a value belongs to. It interprets the schema: the content
// security policy forbids validators that compile it with `new Function`. What is wrong with the input is told by the gateway.
import { Validator, type Schema } from '@cfworker/json-schema';
import type { ValidatorType } from '@rjsf/utils';

export const validator: ValidatorType<unknown> = {
  isValid: (schema, formData) => new Validator(schema as Schema, '2020-12').validate(formData).valid,
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({ errors: [] }),
};
