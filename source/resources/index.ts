// Written by bin/indexes.ts.
import type {ResourceKind} from '../core/resource-kind.ts';
import {apiServices} from './api-services.ts';
import {certificateSigningRequests} from './certificate-signing-requests.ts';
import {clusterRoleBindings} from './cluster-role-bindings.ts';
import {clusterRoles} from './cluster-roles.ts';
import {configMaps} from './config-maps.ts';
import {cronJobs} from './cron-jobs.ts';
import {customResourceDefinitions} from './custom-resource-definitions.ts';
import {daemonSets} from './daemon-sets.ts';
import {deployments} from './deployments.ts';
import {endpointSlices} from './endpoint-slices.ts';
import {events} from './events.ts';
import {gatewayClasses} from './gateway-classes.ts';
import {gateways} from './gateways.ts';
import {horizontalPodAutoscalers} from './horizontal-pod-autoscalers.ts';
import {httpRoutes} from './http-routes.ts';
import {ingressClasses} from './ingress-classes.ts';
import {ingresses} from './ingresses.ts';
import {jobs} from './jobs.ts';
import {leases} from './leases.ts';
import {limitRanges} from './limit-ranges.ts';
import {mutatingWebhookConfigurations} from './mutating-webhook-configurations.ts';
import {namespaces} from './namespaces.ts';
import {networkPolicies} from './network-policies.ts';
import {nodes} from './nodes.ts';
import {persistentVolumeClaims} from './persistent-volume-claims.ts';
import {persistentVolumes} from './persistent-volumes.ts';
import {podDisruptionBudgets} from './pod-disruption-budgets.ts';
import {pods} from './pods.ts';
import {priorityClasses} from './priority-classes.ts';
import {replicaSets} from './replica-sets.ts';
import {resourceQuotas} from './resource-quotas.ts';
import {roleBindings} from './role-bindings.ts';
import {roles} from './roles.ts';
import {secrets} from './secrets.ts';
import {serviceAccounts} from './service-accounts.ts';
import {services} from './services.ts';
import {statefulSets} from './stateful-sets.ts';
import {storageClasses} from './storage-classes.ts';
import {validatingWebhookConfigurations} from './validating-webhook-configurations.ts';
import {volumeAttachments} from './volume-attachments.ts';

// biome-ignore format: one line an entry, so that branches merge
export const resourceKinds: readonly ResourceKind[] = [
	apiServices,
	certificateSigningRequests,
	clusterRoleBindings,
	clusterRoles,
	configMaps,
	cronJobs,
	customResourceDefinitions,
	daemonSets,
	deployments,
	endpointSlices,
	events,
	gatewayClasses,
	gateways,
	horizontalPodAutoscalers,
	httpRoutes,
	ingressClasses,
	ingresses,
	jobs,
	leases,
	limitRanges,
	mutatingWebhookConfigurations,
	namespaces,
	networkPolicies,
	nodes,
	persistentVolumeClaims,
	persistentVolumes,
	podDisruptionBudgets,
	pods,
	priorityClasses,
	replicaSets,
	resourceQuotas,
	roleBindings,
	roles,
	secrets,
	serviceAccounts,
	services,
	statefulSets,
	storageClasses,
	validatingWebhookConfigurations,
	volumeAttachments,
];
