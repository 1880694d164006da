/** Where a command's bytes go. Resolves once they are taken. */
export type Output = (bytes: Buffer) => Promise<void> | void;

/** Where a command's bytes come from. */
export type Input = Readonly<{
	/** What comes next; undefined at its end. */
	read(): Promise<Buffer | undefined>;
	/** Puts bytes back that were read too many. */
	unread(bytes: Buffer): void;
}>;

/** An input made of bytes that are all there. */
export function inputOf(bytes: Buffer): Input {
	const parts = bytes.length === 0 ? [] : [bytes];
	return {read: async () => parts.shift(), unread: rest => void parts.unshift(rest)};
}

/** All of an input. */
export async function readAll(input: Input): Promise<Buffer> {
	const parts: Buffer[] = [];
	for (let part = await input.read(); part !== undefined; part = await input.read()) parts.push(part);
	return Buffer.concat(parts);
}

/** One line without its end; undefined where nothing comes any more. `isWhole`: a line feed ended it. */
export async function readLine(input: Input): Promise<Readonly<{text: string; isWhole: boolean}> | undefined> {
	let kept = Buffer.alloc(0);
	for (let part = await input.read(); part !== undefined; part = await input.read()) {
		kept = Buffer.concat([kept, part]);
		const end = kept.indexOf(10);
		if (end < 0) continue;
		if (end + 1 < kept.length) input.unread(kept.subarray(end + 1));
		return {text: kept.toString('utf8', 0, end), isWhole: true};
	}
	return kept.length === 0 ? undefined : {text: kept.toString('utf8'), isWhole: false};
}

/** Keeps all that is written. */
export class Kept {
	readonly #parts: Buffer[] = [];
	readonly write: Output = bytes => void this.#parts.push(bytes);

	get bytes(): Buffer {
		return Buffer.concat(this.#parts);
	}
}
