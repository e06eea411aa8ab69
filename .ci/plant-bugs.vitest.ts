// The configuration of the test runs of plant-bugs.ts: short test files run first, so that a run which stops at the first failure is short.
import { mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import config from '../vitest.config.ts';

class ShortFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const durationOf = ({ project, moduleId }: TestSpecification): number => {
      const file = moduleId.slice(this.ctx.config.root.length + 1);
      return this.ctx.cache.getFileTestResults(`${project.name}:${file}`)?.duration ?? 2000;
    };
    return files.toSorted((a, b) => durationOf(a) - durationOf(b));
  }
}

export default mergeConfig(config, {
  // The results of runs with a bug must not order the files of other runs.
  cacheDir: '.vite',
  test: {
    // Most files are the same in each run.
    experimental: { fsModuleCache: true, fsModuleCachePath: '.vite/modules' },
    sequence: { sequencer: ShortFirst },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
