import type {KubeObject} from '../../core/kubernetes.ts';
import {groupOf} from '../../core/related/related-ref.ts';
import {summarizeBinding, summarizeRole} from './access.ts';
import {summarizeData} from './data.ts';
import {summarizeEvent} from './event.ts';
import {summarizeAnything} from './generic.ts';
import {summarizeEndpointSlice, summarizeGateway, summarizeIngress, summarizeRoute, summarizeService} from './network.ts';
import {summarizeNode} from './node.ts';
import {summarizePod} from './pod.ts';
import {summarizeAutoscaler, summarizeBudget, summarizeQuota} from './scaling.ts';
import {summarizeClaim, summarizeVolume} from './storage.ts';
import type {Summarize} from './summary.ts';
import {summarizeCronJob, summarizeJob, summarizeWorkload} from './workload.ts';

/** By `group/Kind`; every other kind shows its plain fields. */
const summaries: Readonly<Record<string, Summarize>> = {
	'/Pod': summarizePod,
	'/Service': summarizeService,
	'/Node': summarizeNode,
	'/Event': summarizeEvent,
	'/ConfigMap': summarizeData,
	'/Secret': summarizeData,
	'/PersistentVolumeClaim': summarizeClaim,
	'/PersistentVolume': summarizeVolume,
	'/ResourceQuota': summarizeQuota,
	'apps/Deployment': summarizeWorkload,
	'apps/StatefulSet': summarizeWorkload,
	'apps/DaemonSet': summarizeWorkload,
	'apps/ReplicaSet': summarizeWorkload,
	'batch/Job': summarizeJob,
	'batch/CronJob': summarizeCronJob,
	'networking.k8s.io/Ingress': summarizeIngress,
	'discovery.k8s.io/EndpointSlice': summarizeEndpointSlice,
	'gateway.networking.k8s.io/Gateway': summarizeGateway,
	'gateway.networking.k8s.io/HTTPRoute': summarizeRoute,
	'gateway.networking.k8s.io/GRPCRoute': summarizeRoute,
	'autoscaling/HorizontalPodAutoscaler': summarizeAutoscaler,
	'policy/PodDisruptionBudget': summarizeBudget,
	'rbac.authorization.k8s.io/Role': summarizeRole,
	'rbac.authorization.k8s.io/ClusterRole': summarizeRole,
	'rbac.authorization.k8s.io/RoleBinding': summarizeBinding,
	'rbac.authorization.k8s.io/ClusterRoleBinding': summarizeBinding,
};

/** What makes the summary of this object. */
export function summaryOf(object: KubeObject): Summarize {
	return summaries[`${groupOf(object.apiVersion)}/${object.kind}`] ?? summarizeAnything;
}
