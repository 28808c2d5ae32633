import {
  PrometheusRule,
  ServiceMonitor,
} from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, PersistentVolumeClaim, Secret, Service, ServiceAccount } from 'kubernetes-models/v1';

/** A Kubernetes object as YAML has it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

interface Model {
  readonly apiVersion: string;
  readonly kind: string;
  /** `validate` throws an Error when the schema of Kubernetes does not hold for `this`. */
  readonly prototype: { validate(): void };
}

const models: readonly Model[] = [
  ConfigMap,
  Deployment,
  Ingress,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  PrometheusRule,
  Secret,
  Service,
  ServiceAccount,
  ServiceMonitor,
];

/**
 * What the schema of Kubernetes has against the manifest, and the properties that it does not know. The validators pass
 * over those, so they are found as the properties that no validator has read.
 */
export function manifestProblems(manifest: Manifest): readonly string[] {
  const { apiVersion, kind } = manifest;
  const model = models.find((one) => one.apiVersion === apiVersion && one.kind === kind);
  if (model === undefined) return [`there is no ${kind} in ${apiVersion}`];
  const unread = new Set<string>();
  try {
    // Of the manifest itself: a new object of the class would be a copy, for which all is read.
    Reflect.apply(model.prototype.validate, watched(manifest, '', unread), []);
  } catch (error) {
    return [String(error)];
  }
  return [...unread].map((path) => `the schema does not know ${path}`);
}

/** The same value, which takes each property out of `unread` when it is read. */
function watched(value: unknown, path: string, unread: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const pathOf = (key: PropertyKey): string => `${path}/${String(key)}`;
  const children = Object.entries(value).map(([key, child]) => [key, watched(child, pathOf(key), unread)]);
  for (const key of Object.keys(value)) unread.add(pathOf(key));
  const copy: object = Array.isArray(value)
    ? children.map(([, child]) => child)
    : Object.fromEntries(children);
  return new Proxy(copy, {
    get: (target, key) => {
      unread.delete(pathOf(key));
      return Reflect.get(target, key) as unknown;
    },
  });
}
