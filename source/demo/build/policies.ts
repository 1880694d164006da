import type {DemoCluster} from '../cluster.ts';
import {timestamp} from '../stored-object.ts';
import {add} from './foundation.ts';

function addQuotas(cluster: DemoCluster, createdAt: number): void {
	const hard = {'limits.cpu': '32', 'limits.memory': '64Gi', pods: '100', 'requests.cpu': '16', 'requests.memory': '32Gi'};
	const used = {'limits.cpu': '9500m', 'limits.memory': '14Gi', pods: '28', 'requests.cpu': '4300m', 'requests.memory': '7Gi'};
	add(cluster, {apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'team', namespace: 'shop'}, spec: {hard}, status: {hard, used}}, createdAt);
	const limits = [{type: 'Container', default: {memory: '256Mi'}, defaultRequest: {cpu: '50m', memory: '64Mi'}}];
	add(cluster, {apiVersion: 'v1', kind: 'LimitRange', metadata: {name: 'defaults', namespace: 'shop'}, spec: {limits}}, createdAt);
}

function addNetworkPolicies(cluster: DemoCluster, createdAt: number): void {
	const apiVersion = 'networking.k8s.io/v1';
	const deny = {podSelector: {}, policyTypes: ['Ingress']};
	add(cluster, {apiVersion, kind: 'NetworkPolicy', metadata: {name: 'default-deny', namespace: 'shop'}, spec: deny}, createdAt);
	const ingress = [{from: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'gateway'}}}], ports: [{protocol: 'TCP', port: 8080}]}];
	const allow = {podSelector: {matchExpressions: [{key: 'app', operator: 'In', values: ['web', 'cart']}]}, policyTypes: ['Ingress'], ingress};
	add(cluster, {apiVersion, kind: 'NetworkPolicy', metadata: {name: 'from-gateway', namespace: 'shop'}, spec: allow}, createdAt);
	add(cluster, {apiVersion, kind: 'IngressClass', metadata: {name: 'nginx'}, spec: {controller: 'k8s.io/ingress-nginx'}}, createdAt);
}

function addScaling(cluster: DemoCluster, createdAt: number): void {
	const target = {type: 'Utilization', averageUtilization: 70};
	const spec = {
		scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'},
		minReplicas: 2,
		maxReplicas: 10,
		metrics: [{type: 'Resource', resource: {name: 'cpu', target}}],
	};
	const current = {averageUtilization: 43, averageValue: '86m'};
	const conditions = ['AbleToScale', 'ScalingActive'].map(type => ({
		type,
		status: 'True',
		reason: 'Ready',
		message: '',
		lastTransitionTime: timestamp(createdAt),
	}));
	const status = {currentReplicas: 3, desiredReplicas: 3, currentMetrics: [{type: 'Resource', resource: {name: 'cpu', current}}], conditions};
	add(cluster, {apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name: 'web', namespace: 'shop'}, spec, status}, createdAt);
	const budget = {minAvailable: 2, selector: {matchLabels: {app: 'web'}}};
	const budgetStatus = {currentHealthy: 3, desiredHealthy: 2, disruptionsAllowed: 1, expectedPods: 3, observedGeneration: 1};
	add(
		cluster,
		{apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: {name: 'web', namespace: 'shop'}, spec: budget, status: budgetStatus},
		createdAt,
	);
}

function addWebhooks(cluster: DemoCluster, createdAt: number): void {
	const apiVersion = 'admissionregistration.k8s.io/v1';
	const clientConfig = {service: {namespace: 'gateway', name: 'injector', path: '/inject', port: 443}};
	const rules = [{apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: '*'}];
	const webhook = {
		clientConfig,
		rules,
		admissionReviewVersions: ['v1'],
		sideEffects: 'None',
		failurePolicy: 'Ignore',
		matchPolicy: 'Equivalent',
		timeoutSeconds: 5,
	};
	const mutating = [{name: 'inject.mesh.example.test', ...webhook, reinvocationPolicy: 'Never'}];
	add(cluster, {apiVersion, kind: 'MutatingWebhookConfiguration', metadata: {name: 'mesh-injector'}, webhooks: mutating}, createdAt);
	const validating = ['policy', 'images'].map(name => ({name: `${name}.guard.example.test`, ...webhook}));
	add(cluster, {apiVersion, kind: 'ValidatingWebhookConfiguration', metadata: {name: 'guard'}, webhooks: validating}, createdAt);
}

function addRequests(cluster: DemoCluster, createdAt: number): void {
	const request = {
		request: 'ZGVtbyBkYXRh',
		signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
		usages: ['digital signature', 'client auth'],
		expirationSeconds: 86_400,
	};
	const approved = [
		{type: 'Approved', status: 'True', reason: 'AutoApproved', message: 'Auto approving kubelet client certificate', lastUpdateTime: timestamp(createdAt)},
	];
	const apiVersion = 'certificates.k8s.io/v1';
	const status = {conditions: approved, certificate: 'ZGVtbyBkYXRh'};
	const spec = {...request, username: 'system:node:node-a1', groups: ['system:nodes', 'system:authenticated']};
	add(cluster, {apiVersion, kind: 'CertificateSigningRequest', metadata: {name: 'csr-7h2kd'}, spec, status}, cluster.now() - 40 * 60_000);
	const pending = {...request, signerName: 'kubernetes.io/kube-apiserver-client', username: 'dev', groups: ['system:authenticated']};
	add(cluster, {apiVersion, kind: 'CertificateSigningRequest', metadata: {name: 'dev-laptop'}, spec: pending, status: {}}, cluster.now() - 7 * 60_000);
}

/** What limits, guards and scales: quotas, network policies, autoscalers, budgets, webhooks, signing requests. */
export function addPolicies(cluster: DemoCluster, createdAt: number): void {
	addQuotas(cluster, createdAt);
	addNetworkPolicies(cluster, createdAt);
	addScaling(cluster, createdAt);
	addWebhooks(cluster, createdAt);
	addRequests(cluster, createdAt);
}
