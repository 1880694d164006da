import {type Backend, emptyBackend, missingBackend} from './backend-state.ts';
import {type Judgement, leaving} from './judgement.ts';
import type {Item, KubeObject} from './kubernetes.ts';
import type {CellContext} from './table.ts';

type Webhook = Readonly<{
	name: string;
	failurePolicy?: string;
	clientConfig?: Readonly<{url?: string; service?: Readonly<{namespace: string; name: string}>}>;
}>;

/** What k8tui reads of a Validating- or MutatingWebhookConfiguration. */
export type WebhookConfiguration = KubeObject & Readonly<{webhooks?: readonly Webhook[]}>;

/** Where its calls go: `cert-manager/webhook`, or a host; each once. */
export function webhookTargets({webhooks = []}: WebhookConfiguration): string {
	const targets = webhooks.map(({clientConfig}) => {
		const {service, url} = clientConfig ?? {};
		return service ? `${service.namespace}/${service.name}` : (/^https?:\/\/([^/]+)/.exec(url ?? '')?.[1] ?? '');
	});
	return [...new Set(targets)].filter(target => target !== '').join(',');
}

/** Nobody answering its calls refuses writes where the policy is Fail (the default), and else lets them pass unchecked. */
export function judgeWebhooks(item: Item<WebhookConfiguration>, {beside}: CellContext): Judgement {
	const gone = leaving(item);
	if (gone) return gone;
	const webhooks = item.object?.webhooks ?? [];
	const strict = silent(
		webhooks.filter(({failurePolicy}) => failurePolicy !== 'Ignore'),
		beside,
	);
	if (strict) return {tone: 'error', word: strict.word, why: `${strict.why}: what it checks is refused`};
	const lax = silent(
		webhooks.filter(({failurePolicy}) => failurePolicy === 'Ignore'),
		beside,
	);
	if (lax) return {tone: 'warning', word: lax.word, why: `${lax.why}: what it checks passes unchecked`};
	const known = beside.ready('services') && beside.ready('endpointslices');
	return known && webhooks.some(({clientConfig}) => clientConfig?.service) ? {tone: 'ok', word: 'Ready'} : {tone: 'text', word: ''};
}

function silent(webhooks: readonly Webhook[], beside: CellContext['beside']): Judgement | undefined {
	const backends: readonly Backend[] = webhooks.flatMap(({clientConfig}) =>
		clientConfig?.service ? [{namespace: clientConfig.service.namespace, service: clientConfig.service.name}] : [],
	);
	return missingBackend(backends, beside) ?? emptyBackend(backends, beside);
}
