// What can be changed of a connection at Credible: all but its name. Every change replaces the settings as a whole.
import type { UpdateRules } from '../../domain/vendor.ts';
import { credibleOptions, credibleOptionsWire } from './fields.ts';

export const updateRules: UpdateRules = {
  canRename: false,
  options: credibleOptions,
  optionsWire: credibleOptionsWire,
  canChange: () => true,
  canClear: () => true,
  replacesAll: true,
};
