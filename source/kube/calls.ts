import type {Call} from '../core/cluster-client.ts';
import type {Clock} from '../core/clock.ts';
import type {Live} from '../core/live.ts';
import type {Problem} from '../core/problem.ts';

const kept = 500;
/** Byte counts of busy streams would otherwise tell thousands of times a second. */
const tellEveryMs = 200;

/** Notes one request from its start to its end. */
export type CallEntry = Readonly<{
	head(status: number, auditId: string | undefined): void;
	bytes(count: number): void;
	/** At most once. */
	end(problem?: Problem): void;
}>;

export type CallLog = Live<readonly Call[]> & Readonly<{begin(call: Readonly<{method: string; path: string; stream: boolean; retries: number}>): CallEntry}>;

type Draft = {-readonly [Key in keyof Call]: Call[Key]};

/** The last 500 requests, newest first, and every stream still open. `ended` is told each one as it ends. */
export function createCallLog(clock: Clock, ended?: (call: Call) => void): CallLog {
	const subscribers = new Set<() => void>();
	const rows: Row[] = [];
	let snapshot: readonly Call[] | undefined = [];
	let nextId = 1;
	let telling: Disposable | undefined;
	const changed = () => {
		snapshot = undefined;
		if (subscribers.size === 0 || telling !== undefined) return;
		telling = clock.after(tellEveryMs, () => {
			telling = undefined;
			for (const tell of [...subscribers]) tell();
		});
	};
	return {
		snapshot() {
			snapshot ??= rows.map(row => row.call()).reverse();
			return snapshot;
		},
		subscribe(tell) {
			subscribers.add(tell);
			return () => {
				subscribers.delete(tell);
				if (subscribers.size > 0) return;
				telling?.[Symbol.dispose]();
				telling = undefined;
			};
		},
		begin(call) {
			const row = createRow({...call, id: nextId++, startedAt: clock.now(), bytes: 0});
			rows.push(row);
			if (rows.length > kept) dropOldest(rows);
			changed();
			return {
				head(status, auditId) {
					row.set({status, firstByteMs: clock.now() - row.call().startedAt, ...(auditId === undefined ? {} : {auditId})});
					changed();
				},
				bytes(count) {
					row.add(count, clock.now());
					changed();
				},
				end(problem) {
					row.set({endedAt: clock.now(), ...(problem === undefined ? {} : {problem})});
					changed();
					ended?.(row.call());
				},
			};
		},
	};
}

type Row = Readonly<{call(): Call; set(part: Partial<Call>): void; add(bytes: number, at: number): void}>;

/** A call that changes; the same object is handed out until it did. */
function createRow(first: Call): Row {
	const draft: Draft = {...first};
	let shown: Call | undefined = first;
	return {
		call() {
			shown ??= {...draft};
			return shown;
		},
		set(part) {
			Object.assign(draft, part);
			shown = undefined;
		},
		add(bytes, at) {
			draft.bytes += bytes;
			draft.lastByteAt = at;
			shown = undefined;
		},
	};
}

/** The oldest that has ended; open ones stay however old they are. */
function dropOldest(rows: Row[]): void {
	const index = rows.findIndex(row => row.call().endedAt !== undefined);
	if (index !== -1) rows.splice(index, 1);
}
