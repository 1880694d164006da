import {ProblemError} from './problem.ts';

/** The longest line accepted: above any object an API server stores (etcd's limit is 1.5 MiB), below what would hurt. */
export const lineLimitBytes = 64 * 1024 * 1024;

const newline = 0x0a;

export type LineSplitter = Readonly<{
	/** The lines that this chunk completes, without their newline. Throws a ProblemError (protocol) past the limit. */
	push(chunk: Buffer): readonly Buffer[];
	/** What stands after the last newline: an unfinished line, undefined when there is none. */
	rest(): Buffer | undefined;
}>;

/**
 * Bytes to lines. Splits before decoding, because a character may span chunks; the parts of a long line are joined
 * once, when it is complete.
 */
export function createLineSplitter(limitBytes = lineLimitBytes): LineSplitter {
	let parts: Buffer[] = [];
	let held = 0;
	const hold = (part: Buffer) => {
		held += part.length;
		if (held > limitBytes) throw tooLong(limitBytes);
		if (part.length > 0) parts.push(part);
	};
	const take = () => {
		const line = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, held);
		parts = [];
		held = 0;
		return line;
	};
	return {
		push(chunk) {
			const lines: Buffer[] = [];
			let from = 0;
			for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
				hold(chunk.subarray(from, end));
				lines.push(take());
				from = end + 1;
			}
			hold(chunk.subarray(from));
			return lines;
		},
		rest: () => (held === 0 ? undefined : Buffer.concat(parts, held)),
	};
}

function tooLong(limitBytes: number): ProblemError {
	return new ProblemError({
		code: 'protocol',
		what: 'Could not read the stream',
		cause: `one object is larger than ${Math.round(limitBytes / 1024 / 1024)} MiB`,
	});
}
