// The registry of vendors.
import { chartbrew } from './chartbrew/index.ts';
import { credible } from './credible/index.ts';
import { looker } from './looker/index.ts';
import type { VendorModule } from './define-vendor.ts';
import { omni } from './omni/index.ts';

export const vendors: readonly VendorModule[] = [looker, omni, credible, chartbrew];
