// The example for Kubernetes: every object is valid, the configuration is one of Patchbay, and ports, paths, files and times agree.
import { readFile } from 'node:fs/promises';
import { Deployment } from 'kubernetes-models/apps/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Secret, Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseExample, referencesIn } from './example-config.ts';

const text = await readFile('examples/deploy/kubernetes.yaml', 'utf8');
const objects = parseAllDocuments(text).map((document) => {
  if (document.errors.length > 0) throw document.errors[0];
  return document.toJS() as { readonly kind: string; readonly metadata: unknown; readonly data: never };
});

const find = (kind: string) => objects.find((object) => object.kind === kind) as never;

const models = {
  ConfigMap: new ConfigMap(find('ConfigMap')),
  Secret: new Secret(find('Secret')),
  Deployment: new Deployment(find('Deployment')),
  Service: new Service(find('Service')),
  PodDisruptionBudget: new PodDisruptionBudget(find('PodDisruptionBudget')),
  NetworkPolicy: new NetworkPolicy(find('NetworkPolicy')),
};

const deployment = models.Deployment.spec;
const pod = deployment?.template.spec;
const container = pod?.containers[0];
const configText = models.ConfigMap.data?.['patchbay.yaml'] ?? '';
const config = parseExample(parse(configText));

describe('the objects', () => {
  it('the file has one object of each kind', () => {
    expect(objects.map(({ kind }) => kind)).toEqual([
      'ConfigMap',
      'Secret',
      'Deployment',
      'Service',
      'PodDisruptionBudget',
      'NetworkPolicy',
    ]);
  });

  it.each(Object.entries(models))('the %s follows the schema of Kubernetes', (_kind, model) => {
    expect(() => model.validate()).not.toThrow();
  });

  it('the schema refuses a port that is a list', () => {
    const wrong = new Service({ spec: { ports: [{ port: [80] as never }] } });
    expect(() => wrong.validate()).toThrow('port');
  });

  it('every selector selects the pods of the Deployment', () => {
    const labels = { 'app.kubernetes.io/name': 'patchbay' };
    expect([
      deployment?.template.metadata?.labels,
      deployment?.selector.matchLabels,
      models.Service.spec?.selector,
      models.PodDisruptionBudget.spec?.selector?.matchLabels,
      models.NetworkPolicy.spec?.podSelector?.matchLabels,
    ]).toEqual([labels, labels, labels, labels, labels]);
  });
});

describe('the pod', () => {
  it('the process is not root, has no capability and cannot write to its files', () => {
    expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(pod?.automountServiceAccountToken).toBe(false);
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('the gateway listens on the port of the container, of the Service, of the probes and of the NetworkPolicy', () => {
    expect(config.server).toMatchObject({ host: '0.0.0.0', port: 4000, tls: null });
    expect(container?.ports).toEqual([{ name: 'http', containerPort: 4000 }]);
    expect(models.Service.spec?.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
    const probes = [container?.startupProbe, container?.livenessProbe, container?.readinessProbe];
    expect(probes.map((probe) => probe?.httpGet)).toEqual([
      { path: '/healthz', port: 'http' },
      { path: '/healthz', port: 'http' },
      { path: '/readyz', port: 'http' },
    ]);
    expect(models.NetworkPolicy.spec?.ingress?.[0]?.ports).toEqual([{ protocol: 'TCP', port: 'http' }]);
  });

  it('every file that the configuration names is a key of the Secret, in the folder where it is mounted', () => {
    const keys = Object.keys(models.Secret.stringData ?? {}).map((key) => `/etc/patchbay-secrets/${key}`);
    expect(referencesIn(configText).toSorted()).toEqual(keys.toSorted());
    expect(container?.volumeMounts).toEqual([
      { name: 'configuration', mountPath: '/etc/patchbay', readOnly: true },
      { name: 'secrets', mountPath: '/etc/patchbay-secrets', readOnly: true },
    ]);
    expect(pod?.volumes).toMatchObject([
      { name: 'configuration', configMap: { name: 'patchbay' } },
      { name: 'secrets', secret: { secretName: 'patchbay', defaultMode: 0o440 } },
    ]);
  });

  it('Kubernetes waits longer than the process finishes requests', () => {
    const waitSeconds = container?.lifecycle?.preStop?.sleep?.seconds ?? Number.NaN;
    expect(waitSeconds + config.server.shutdownMs / 1000).toBeLessThan(pod?.terminationGracePeriodSeconds ?? 0);
  });
});
