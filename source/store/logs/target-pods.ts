import type {Scope, StreamState} from '../../core/feed.ts';
import {fieldAt} from '../../core/field.ts';
import type {Item} from '../../core/kubernetes.ts';
import {labelSelectorText, labelsText} from '../../core/label-selector.ts';
import type {LogTarget} from '../../core/logs/log-target.ts';
import type {Problem} from '../../core/problem.ts';
import type {ResourceType} from '../../core/resource-type.ts';
import type {ScopeHandle} from '../scope-handle.ts';
import type {LogsOptions} from './logs-options.ts';

/** Every pod of a Job carries it (batch/v1); the owners of the pods tell whose Job. */
const jobLabel = 'job-name';

type Target = Exclude<LogTarget, {type: 'node'}>;

/** The pods of a target, as the watch has them: those of an owner by what selects them. */
export class TargetPods implements Disposable {
	readonly #options: Pick<LogsOptions, 'scopes' | 'catalogue'>;
	readonly #target: Target;
	readonly #changed: () => void;
	#owner: ScopeHandle | undefined;
	#jobs: ScopeHandle | undefined;
	#pods: ScopeHandle | undefined;
	#selector: string | undefined;

	constructor(options: Pick<LogsOptions, 'scopes' | 'catalogue'>, target: Target, changed: () => void) {
		this.#options = options;
		this.#target = target;
		this.#changed = changed;
		this.look();
	}

	/** Opens what is not open yet: the catalogue or the owner may have come. */
	look(): void {
		const target = this.#target;
		const {catalogue} = this.#options;
		const pods = catalogue().find('pods');
		if (pods === undefined) return;
		if (target.type === 'pod') this.#openPods(pods, {namespace: target.namespace, fieldSelector: `metadata.name=${target.name}`});
		else if (target.type === 'selector')
			this.#openPods(pods, {labelSelector: target.labelSelector, ...(target.namespace === undefined ? {} : {namespace: target.namespace})});
		else this.#lookAtOwner(target, pods);
	}

	/** Whole objects where the watch has them. */
	pods(): readonly Item[] {
		const items = [...(this.#pods?.items() ?? [])];
		if (this.#target.type !== 'owner' || this.#jobs === undefined) return items;
		const owner = this.#ownerItem();
		const jobs = new Set([...this.#jobs.items()].filter(job => isOwnedBy(job, owner?.meta.uid)).map(job => job.meta.uid));
		return items.filter(pod => pod.meta.ownerReferences?.some(({uid}) => jobs.has(uid)));
	}

	/** The list of pods is complete. */
	get isReady(): boolean {
		return this.#pods?.state().data === 'ready' && (this.#jobs === undefined || this.#jobs.state().data === 'ready');
	}

	/** Of what stands in the way first. */
	stream(): StreamState {
		const states = [this.#owner, this.#jobs, this.#pods].flatMap(handle => (handle === undefined ? [] : [handle.state().stream]));
		return states.find(({state}) => state !== 'live' && state !== 'quiet' && state !== 'polling') ?? states.at(-1) ?? {state: 'loading', rows: 0};
	}

	/** Why there can be no pods. */
	problem(): Problem | undefined {
		const stream = this.stream();
		if (stream.state === 'denied' || stream.state === 'login-needed') return stream.problem;
		const target = this.#target;
		if (target.type === 'selector') return undefined;
		const what = `Could not read the logs of ${target.type === 'pod' ? `pod ${target.name}` : `${target.kind}/${target.name}`} in ${target.namespace}`;
		if (target.type === 'pod') return this.isReady && this.#pods?.size() === 0 ? {code: 'not-found', what, cause: 'it does not exist', status: 404} : undefined;
		if (this.#options.catalogue().types.length > 0 && this.#options.catalogue().find(target.kind) === undefined)
			return {code: 'not-found', what, cause: `the server has no kind ${target.kind}`};
		if (this.#owner?.state().data !== 'ready') return undefined;
		const owner = this.#ownerItem();
		if (owner === undefined) return {code: 'not-found', what, cause: 'it does not exist', status: 404};
		return this.#pods === undefined ? {code: 'invalid', what, cause: 'it selects no pods: it has no selector'} : undefined;
	}

	[Symbol.dispose](): void {
		for (const handle of [this.#owner, this.#jobs, this.#pods]) handle?.[Symbol.dispose]();
	}

	#lookAtOwner({kind, namespace, name}: Extract<Target, {type: 'owner'}>, pods: ResourceType): void {
		const {catalogue, scopes} = this.#options;
		const type = catalogue().find(kind);
		if (type === undefined) return;
		const again = (): void => {
			this.look();
			this.#changed();
		};
		this.#owner ??= scopes.open({type, mode: 'object', namespace, fieldSelector: `metadata.name=${name}`}, again);
		const owner = this.#ownerItem()?.object;
		if (owner === undefined) return;
		if (kind === 'cronjobs.batch') {
			const jobs = catalogue().find('jobs.batch');
			if (jobs !== undefined) this.#jobs ??= scopes.open({type: jobs, mode: catalogue().kindOf(jobs, []).mode, namespace}, this.#changed);
			this.#openPods(pods, {namespace, labelSelector: jobLabel});
			return;
		}
		const labelSelector = podSelector(owner);
		if (labelSelector !== undefined) this.#openPods(pods, {namespace, labelSelector});
	}

	#ownerItem(): Item | undefined {
		const target = this.#target;
		return target.type === 'owner' ? [...(this.#owner?.items() ?? [])].find(({meta}) => meta.name === target.name) : undefined;
	}

	/** A selector of a Service can change: then other pods are meant. */
	#openPods(type: ResourceType, where: Pick<Scope, 'namespace' | 'labelSelector' | 'fieldSelector'>): void {
		const selector = where.labelSelector ?? '';
		if (this.#pods !== undefined && this.#selector === selector) return;
		const before = this.#pods;
		this.#selector = selector;
		this.#pods = this.#options.scopes.open({type, mode: 'object', ...where}, this.#changed);
		before?.[Symbol.dispose]();
	}
}

/** The selector by which an object has its pods; undefined where it has none. A Service and a ReplicationController have a plain map. */
export function podSelector(owner: unknown): string | undefined {
	const selector = fieldAt(owner, 'spec', 'selector');
	const text =
		fieldAt(selector, 'matchLabels') !== undefined || fieldAt(selector, 'matchExpressions') !== undefined ? labelSelectorText(selector) : labelsText(selector);
	return text === undefined || text === '' ? undefined : text;
}

function isOwnedBy({meta}: Item, uid: string | undefined): boolean {
	return uid !== undefined && meta.ownerReferences?.some(owner => owner.uid === uid) === true;
}
