import type {DemoKind} from '../kind.ts';
import {certificateSigningRequests, clusterRoleBindings, clusterRoles, reviews, roleBindings, roles} from './access.ts';
import {cronJobs, jobs} from './batch.ts';
import {
	apiServices,
	customResourceDefinitions,
	flowSchemas,
	leases,
	mutatingWebhookConfigurations,
	priorityLevelConfigurations,
	runtimeClasses,
	validatingWebhookConfigurations,
} from './cluster-services.ts';
import {componentStatuses, configMaps, limitRanges, namespaces, podTemplates, resourceQuotas, secrets, serviceAccounts} from './configuration.ts';
import {
	deviceClasses,
	resourceClaims,
	resourceClaimTemplates,
	resourceSlices,
	validatingAdmissionPolicies,
	validatingAdmissionPolicyBindings,
} from './devices-and-policies.ts';
import {events, newEvents} from './events.ts';
import {ingressClasses, ingresses, ipAddresses, networkPolicies, serviceCidrs} from './networking.ts';
import {nodeMetrics, podMetrics} from './metrics.ts';
import {nodes} from './nodes.ts';
import {pods} from './pods.ts';
import {horizontalPodAutoscalers, podDisruptionBudgets, priorityClasses} from './scaling.ts';
import {endpointSlices, endpoints, services} from './services.ts';
import {
	csiDrivers,
	csiNodes,
	csiStorageCapacities,
	persistentVolumeClaims,
	persistentVolumes,
	storageClasses,
	volumeAttachments,
	volumeAttributesClasses,
} from './storage.ts';
import {controllerRevisions, daemonSets, deployments, replicaSets, replicationControllers, statefulSets} from './workloads.ts';

/** Every kind the server has without a CustomResourceDefinition, in the order of discovery. */
export const builtInKinds: readonly DemoKind[] = [
	componentStatuses,
	configMaps,
	endpoints,
	events,
	limitRanges,
	namespaces,
	nodes,
	persistentVolumeClaims,
	persistentVolumes,
	pods,
	podTemplates,
	replicationControllers,
	resourceQuotas,
	secrets,
	serviceAccounts,
	services,
	apiServices,
	controllerRevisions,
	daemonSets,
	deployments,
	replicaSets,
	statefulSets,
	newEvents,
	...reviews,
	horizontalPodAutoscalers,
	cronJobs,
	jobs,
	certificateSigningRequests,
	ingressClasses,
	ingresses,
	ipAddresses,
	networkPolicies,
	serviceCidrs,
	podDisruptionBudgets,
	clusterRoleBindings,
	clusterRoles,
	roleBindings,
	roles,
	csiDrivers,
	csiNodes,
	csiStorageCapacities,
	storageClasses,
	volumeAttachments,
	volumeAttributesClasses,
	mutatingWebhookConfigurations,
	validatingAdmissionPolicies,
	validatingAdmissionPolicyBindings,
	validatingWebhookConfigurations,
	customResourceDefinitions,
	priorityClasses,
	leases,
	runtimeClasses,
	endpointSlices,
	deviceClasses,
	resourceClaims,
	resourceClaimTemplates,
	resourceSlices,
	flowSchemas,
	priorityLevelConfigurations,
	nodeMetrics,
	podMetrics,
];
