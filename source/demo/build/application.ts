import type {DemoCluster} from '../cluster.ts';
import type {JsonObject} from '../json.ts';
import {container, envoy, podSpec} from './containers.ts';
import {add} from './foundation.ts';
import {addService} from './services.ts';
import {addDaemonSet, addDeployment, addStatefulSet, type WorkloadOptions} from './workloads.ts';

export type ApplicationOptions = Readonly<{
	namespace: string;
	name: string;
	createdAt: number;
	/** Default Deployment. */
	as?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
	replicas?: number;
	image: string;
	/** Default 8080; 0: it serves nothing and has no Service. */
	port?: number;
	/** More that its container declares, as `name: number`; its own Service does not offer them. */
	morePorts?: Readonly<Record<string, number>>;
	/** The name of its own container; default `app`. */
	container?: string;
	/** Default true for Deployments: a proxy beside it. */
	hasProxy?: boolean;
	/** Containers beside its own, in the same pods. */
	beside?: readonly JsonObject[];
	hasInit?: boolean;
	/** See control-plane/fate.ts. */
	fate?: string;
	env?: Readonly<Record<string, string>>;
	/** Variables that come from keys of ConfigMaps, which need not exist. */
	envFrom?: Readonly<Record<string, Readonly<{configMap: string; key: string}>>>;
	requests?: Readonly<{cpu: string; memory: string}>;
	limits?: Readonly<{cpu?: string; memory?: string}>;
	annotations?: Readonly<Record<string, string>>;
	podLabels?: Readonly<Record<string, string>>;
	podAnnotations?: Readonly<Record<string, string>>;
	revision?: number;
	/** What its Service asks for, where that is not the application's own label. */
	serviceSelector?: Readonly<Record<string, string>>;
	isHeadless?: boolean;
	/** Its ConfigMap, where that is not `NAME-config` with a few settings. */
	configMap?: Readonly<{name: string; data: Readonly<Record<string, string>>}>;
	isHostNetwork?: boolean;
	dnsPolicy?: 'Default' | 'ClusterFirst' | 'ClusterFirstWithHostNet';
	/** The size of the volume `data` that each pod of a StatefulSet claims. */
	claimSize?: string;
}>;

function containersOf(options: ApplicationOptions): readonly JsonObject[] {
	const {port = 8080, image, env, envFrom, morePorts, beside = [], requests = {cpu: '50m', memory: '128Mi'}, limits = {memory: '256Mi'}} = options;
	const own = container(options.container ?? 'app', {
		image,
		...(port === 0 ? {} : {port}),
		...(morePorts === undefined ? {} : {morePorts}),
		...(env === undefined ? {} : {env}),
		...(envFrom === undefined ? {} : {envFrom}),
		requests,
		limits,
	});
	return (options.hasProxy ?? (options.as ?? 'Deployment') === 'Deployment') ? [own, envoy(), ...beside] : [own, ...beside];
}

function workloadOf(options: ApplicationOptions): WorkloadOptions {
	const {namespace, name, createdAt, replicas, annotations, podLabels, fate, podAnnotations, revision} = options;
	const init = options.hasInit === true ? {initContainers: [container('migrate', {image: options.image, command: ['/app/migrate', 'up']})]} : {};
	const marks = {...podAnnotations, ...(fate === undefined ? {} : {'demo.k8tui.io/fate': fate})};
	return {
		namespace,
		name,
		createdAt,
		labels: {app: name},
		spec: podSpec({
			containers: containersOf(options),
			...init,
			serviceAccountName: name,
			isHostNetwork: options.isHostNetwork === true,
			...(options.dnsPolicy === undefined ? {} : {dnsPolicy: options.dnsPolicy}),
		}),
		...(options.claimSize === undefined ? {} : {claimSize: options.claimSize}),
		...(replicas === undefined ? {} : {replicas}),
		...(annotations === undefined ? {} : {annotations}),
		...(podLabels === undefined ? {} : {podLabels}),
		...(Object.keys(marks).length === 0 ? {} : {podAnnotations: marks}),
		...(revision === undefined ? {} : {revision}),
	};
}

const makers = {Deployment: addDeployment, StatefulSet: addStatefulSet, DaemonSet: addDaemonSet};

/** A workload with its service account, its configuration and, where it serves something, its Service. */
export function addApplication(cluster: DemoCluster, options: ApplicationOptions): void {
	const {namespace, name, createdAt, port = 8080} = options;
	add(cluster, {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name, namespace}}, createdAt);
	const usual = {name: `${name}-config`, data: {'config.yaml': `name: ${name}\nlisten: 0.0.0.0:${port}\n`, LOG_LEVEL: 'info'}};
	const config = options.configMap ?? usual;
	add(cluster, {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: config.name, namespace}, data: config.data}, createdAt);
	makers[options.as ?? 'Deployment'](cluster, workloadOf(options));
	if (port === 0) return;
	const selector = options.serviceSelector ?? {app: name};
	const servicePort = options.as === 'StatefulSet' ? port : 80;
	addService(cluster, {namespace, name, selector, port: servicePort, targetPort: port, createdAt, isHeadless: options.isHeadless === true});
}
