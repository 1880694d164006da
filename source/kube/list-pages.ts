import type {Scope} from '../core/feed.ts';
import {ProblemError, problemOf} from '../core/problem.ts';
import type {KubeTransport} from './kube-transport.ts';
import {pageRequest, plainAccept, tableAccept} from './list-request.ts';
import {createPageSize} from './page-size.ts';
import {reactionTo} from './reaction.ts';
import {continueTokenOf, type ServedStatus, type TableDecoder, type TablePage} from './table.ts';

/** What a server was found to answer; shared by the lists and watches of one reflector. */
export type Accepted = {value: string};

export function acceptTable(): Accepted {
	return {value: tableAccept};
}

export type ListOptions = Readonly<{
	transport: KubeTransport;
	decoder: TableDecoder;
	scope: Scope;
	accept: Accepted;
	/** Without pages: after a list twice grew too old to be continued. */
	whole: boolean;
	/** Waits after a page that failed and is worth another try. */
	recover(error: ProblemError, signal: AbortSignal): Promise<void>;
}>;

type Answer = Readonly<{type: 'page'; body: Buffer} | {type: 'expired'; status: ServedStatus}>;

/**
 * A list, page by page. While a page is parsed the next one is already on its way. Throws a ProblemError: whatever stops
 * the first page, `expired` when a continue token grew too old and the rest is not worth taking, what no retry helps.
 */
export async function* listPages(options: ListOptions, signal: AbortSignal): AsyncGenerator<TablePage, void> {
	const sizes = createPageSize();
	const ask = (continueToken?: string) => {
		const answer = fetchPage(options, {limit: options.whole ? undefined : sizes.next(), continueToken}, signal);
		// Awaited later, maybe after the list was given up: its failure must not count as unhandled until then.
		answer.catch(() => undefined);
		return answer;
	};
	const progress = {loaded: 0, remaining: undefined as number | undefined, expired: false};
	let pending: Promise<Answer> | undefined = ask();
	while (pending !== undefined) {
		const answer: Answer = await pending;
		if (answer.type === 'expired') {
			pending = ask(restToken(answer.status, {...progress, plural: options.scope.type.plural}));
			progress.expired = true;
			continue;
		}
		const early = continueTokenOf(answer.body);
		const next = early === undefined ? undefined : ask(early);
		const startedAt = performance.now();
		const page = options.decoder.page(answer.body);
		sizes.parsed(page.size, performance.now() - startedAt);
		progress.loaded += page.size;
		progress.remaining = page.remaining;
		progress.expired = false;
		yield page;
		pending = page.continueToken === early ? next : page.continueToken === undefined ? undefined : ask(page.continueToken);
	}
}

/**
 * The token of the Status leads through the rest at a newer version (apiserver storage/etcd3/errors.go). The watch runs
 * from the first page's version and evens that out, so the rest is good when it is the smaller part.
 */
function restToken(status: ServedStatus, progress: Readonly<{loaded: number; remaining: number | undefined; expired: boolean; plural: string}>): string {
	const token = status.metadata?.continue;
	const mostlyLoaded = progress.remaining !== undefined && progress.loaded >= progress.remaining;
	if (token && mostlyLoaded && !progress.expired) return token;
	throw new ProblemError({
		code: 'expired',
		what: `Could not finish the list of ${progress.plural}`,
		cause: status.message ?? 'the list grew too old',
		status: 410,
	});
}

type PageKey = Readonly<{limit: number | undefined; continueToken: string | undefined}>;

async function fetchPage(options: ListOptions, key: PageKey, signal: AbortSignal): Promise<Answer> {
	for (;;) {
		const accept = options.accept.value;
		const query = {
			accept,
			...(key.limit === undefined ? {} : {limit: key.limit}),
			...(key.continueToken === undefined ? {} : {continueToken: key.continueToken}),
		};
		try {
			const answer = await options.transport.request(pageRequest(options.scope, query), signal);
			return answer.status === 410 ? {type: 'expired', status: statusOf(answer.body)} : {type: 'page', body: answer.body};
		} catch (error) {
			if (signal.aborted) throw error;
			const problem = problemOf(error, 'Could not read the list');
			const reaction = reactionTo(problem);
			if (reaction === 'not-acceptable' && accept !== plainAccept) {
				options.accept.value = plainAccept;
				continue;
			}
			const isWorthRetry = reaction === 'unreachable' || (reaction === 'transient' && problem.status !== 400);
			if (key.continueToken === undefined || !isWorthRetry) throw error;
			await options.recover(new ProblemError(problem, {cause: error}), signal);
			if (signal.aborted) throw error;
		}
	}
}

function statusOf(body: Buffer): ServedStatus {
	try {
		// A 410 answers with a Status; without one there is no token and the list starts over.
		return JSON.parse(body.toString('utf8')) as ServedStatus;
	} catch {
		return {};
	}
}
