import type {ClusterClient} from '../cluster-client.ts';
import type {Change, FeedSink, StreamState} from '../feed.ts';
import type {Item, KubeObject, Meta, Ref} from '../kubernetes.ts';
import {type Problem, ProblemError} from '../problem.ts';
import {maskLines} from './mask-lines.ts';
import {maskObject} from './mask-object.ts';
import {maskText, type MaskOptions} from './mask-text.ts';

/**
 * The client of a screen that people watch: what it answers holds no secret any more, whatever is made of it (screens, copies, exports, logs).
 * Names of objects stay, as requests are made of them: the screen masks those. The user's own name goes from every problem.
 */
export function maskedClient(client: ClusterClient, options: MaskOptions): ClusterClient {
	// Addresses and names are compared with each other before anything is drawn: they are masked there.
	const {patterns, learn = () => {}} = options;
	const own: MaskOptions = {patterns, addresses: false, learn};
	const masks = createMasks(own, client.context.user);
	const asked = async <T, M>(answer: Promise<T>, mask: (value: T) => M): Promise<M> => mask(await answer.catch(masks.failed));
	const whole = <T>(value: T): T => value;
	return {
		...client,
		context: {...client.context, user: hiddenUser},
		feedOf: scope => {
			const feed = client.feedOf(scope);
			return (sink, signal) => feed(maskedSink(sink, masks), signal);
		},
		get: (type, namespace, name, wanted, signal) => asked(client.get(type, namespace, name, wanted, signal), masks.object),
		table: (type, question, signal) =>
			asked(client.table(type, question, signal), ({columns, items}) => ({columns, items: items.map(item => new MaskedItem(item, masks))})),
		list: (type, wanted, signal) => {
			const {keep} = wanted;
			// What is kept may be little, and is asked of the whole object: masked before.
			return asked(client.list(type, {...wanted, keep: object => (keep ? keep(masks.object(object)) : masks.object(object))}, signal), whole);
		},
		pages: (type, wanted, signal) => mapped(told(client.pages(type, wanted, signal), masks), page => page.map(masks.object)),
		tlsSecret: (namespace, name, signal) => asked(client.tlsSecret(namespace, name, signal), whole),
		text: (path, signal) => asked(client.text(path, signal), ({status, body}) => ({status, body: maskText(body, own)})),
		logs: (question, signal) => maskLines(told(client.logs(question, signal), masks), own),
		nodeLog: (question, signal) => maskLines(told(client.nodeLog(question, signal), masks), own),
		whoami: async signal => {
			const identity = await asked(client.whoami(signal), whole);
			return identity === undefined ? undefined : {username: hiddenUser, groups: []};
		},
		can: async (question, signal) => {
			const answer = await client.can(question, signal);
			return 'problem' in answer ? {...answer, problem: masks.problem(answer.problem)} : answer;
		},
		calls: {
			subscribe: client.calls.subscribe,
			snapshot: () => client.calls.snapshot().map(call => (call.problem === undefined ? call : {...call, problem: masks.problem(call.problem)})),
		},
	};
}

const hiddenUser = 'user hidden';

type Masks = Readonly<{
	learn(ref: Ref): void;
	object(object: KubeObject): KubeObject;
	printed(text: string): string;
	problem(problem: Problem): Problem;
	failed(error: unknown): never;
}>;

function createMasks(options: MaskOptions, user: string): Masks {
	const text = (said: string): string => {
		const masked = maskText(said, options);
		return user.length < 3 ? masked : masked.replaceAll(user, hiddenUser);
	};
	const problem = (told: Problem): Problem => ({
		...told,
		what: text(told.what),
		cause: text(told.cause),
		...(told.remedy === undefined ? {} : {remedy: text(told.remedy)}),
		...(told.serverMessage === undefined ? {} : {serverMessage: text(told.serverMessage)}),
	});
	return {
		learn: ref => options.learn?.(ref),
		object: object => {
			const masked = maskObject(object, options);
			const {name, namespace} = object.metadata;
			return {...masked, metadata: {...masked.metadata, name, ...(namespace === undefined ? {} : {namespace})}};
		},
		printed: said => maskText(said, options),
		problem,
		failed: error => {
			throw error instanceof ProblemError ? new ProblemError(problem(error.problem), {cause: error}) : error;
		},
	};
}

/** An item whose texts are masked when they are looked at. */
class MaskedItem implements Item {
	readonly ref: Item['ref'];
	declare readonly object?: KubeObject;
	declare readonly printedAt?: number;
	readonly #item: Item;
	readonly #masks: Masks;
	#meta: Meta | undefined;

	constructor(item: Item, masks: Masks) {
		this.ref = item.ref;
		this.#item = item;
		this.#masks = masks;
		masks.learn(item.ref);
		const {object, printedAt} = item;
		if (printedAt !== undefined) this.printedAt = printedAt;
		let masked: KubeObject | undefined;
		// Only there where the item has one, and made when it is asked for.
		if (object !== undefined) Object.defineProperty(this, 'object', {enumerable: true, get: () => (masked ??= masks.object(object))});
	}

	get meta(): Meta {
		this.#meta ??= this.#masks.object({apiVersion: '', kind: '', metadata: this.#item.meta}).metadata;
		return this.#meta;
	}

	printed(column: string): ReturnType<Item['printed']> {
		const cell = this.#item.printed(column);
		return typeof cell === 'string' && column.toLowerCase() !== 'name' ? this.#masks.printed(cell) : cell;
	}
}

function maskedSink(sink: FeedSink, masks: Masks): FeedSink {
	const change = (told: Change): Change => ({...told, item: new MaskedItem(told.item, masks)});
	return {
		...sink,
		page: items => sink.page(items.map(item => new MaskedItem(item, masks))),
		apply: changes => sink.apply(changes.map(change)),
		stream: state => sink.stream(maskedState(state, masks)),
	};
}

function maskedState(state: StreamState, masks: Masks): StreamState {
	return 'problem' in state ? {...state, problem: masks.problem(state.problem)} : state;
}

async function* told<T>(parts: AsyncIterable<T>, masks: Masks): AsyncIterable<T> {
	try {
		yield* parts;
	} catch (error) {
		masks.failed(error);
	}
}

async function* mapped<T>(parts: AsyncIterable<T>, change: (part: T) => T): AsyncIterable<T> {
	for await (const part of parts) yield change(part);
}
