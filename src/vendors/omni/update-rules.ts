// The fields of a stored connection that Omni lets an update change and clear, by their wire names.
import { wireFieldOf } from '../../domain/dialect-support.ts';
import type { UpdateRules } from '../../domain/vendor.ts';
import { omniChanges, omniChangesWire } from './fields.ts';

const CHANGEABLE: readonly string[] = [
  'passwordUnencrypted',
  'privateKey',
  ...Object.values(omniChangesWire).map((entry) => wireFieldOf(entry).wire),
];

const CLEARABLE: readonly string[] = ['environmentUserAttribute', 'environmentUserAttribute.defaultValues'];

export const updateRules: UpdateRules = {
  canRename: false,
  options: omniChanges,
  optionsWire: omniChangesWire,
  canChange: (wire) => CHANGEABLE.includes(wire),
  canClear: (wire) => CLEARABLE.includes(wire),
  replacesAll: false,
};
